package io.distributary.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.distributary.config.Setting;
import io.distributary.config.Settings;
import io.distributary.redrive.RedriveFilter;
import io.distributary.redrive.RedriveOptions;
import io.distributary.redrive.RedriveOutcome;
import io.distributary.redrive.RedriveSummary;
import io.distributary.redrive.RunningRedrive;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GET tells how the redrive is; POST begins one, of the dead letters of one target where {@code target} names it, for who knows the
 * token. Behind {@link PageGate}, and off where no token is set.
 */
final class RedriveDoor implements Handler<RoutingContext> {
    /** Not a header that a foreign page may send without asking first, and it is not told that it may. */
    static final String TOKEN = "X-Distributary-Token";

    private static final Logger LOG = LoggerFactory.getLogger(RedriveDoor.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<String> token;
    private final String store;
    private final RunningRedrive redrive;

    RedriveDoor(Settings settings, RunningRedrive redrive) {
        this.token = settings.get(Setting.PAGE_REDRIVE_TOKEN);
        this.store = settings.get(Setting.PAGE_REDRIVE_STORE).orElse(null);
        this.redrive = redrive;
    }

    /** Blocking: a store is connected to when it is opened. */
    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (HttpMethod.GET.equals(request.method())) {
            context.response().putHeader("Content-Type", "application/json").end(state().toString());
        } else if (token.isEmpty()) {
            PageGate.end(context.response(), 404, "Switched off: set " + Setting.PAGE_REDRIVE_TOKEN.key());
        } else if (!fromThePage(request.getHeader("Origin"), request.getHeader("Host"))) {
            PageGate.end(context.response(), 403, "This was asked for by another page");
        } else if (!isToken(request.getHeader(TOKEN))) {
            LOG.warn("A redrive was asked for by {} with a wrong token", request.connection().remoteAddress().hostAddress());
            PageGate.end(context.response(), 403, "The token is wrong");
        } else {
            begin(context, request.getParam("target"));
        }
    }

    /** A browser always names the origin of a POST; what sends none is no page. */
    static boolean fromThePage(String origin, String host) {
        return origin == null || host != null && (origin.equals("http://" + host) || origin.equals("https://" + host));
    }

    /** In a time that does not tell how much of it is right. */
    private boolean isToken(String given) {
        return given != null && MessageDigest.isEqual(digest(given), digest(token.orElseThrow()));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void begin(RoutingContext context, String target) {
        String only = target == null || target.isBlank() ? null : target;
        RedriveFilter filter = new RedriveFilter(only, null, null, null, null, null);
        try {
            if (redrive.start(store, new RedriveOptions(filter, false, false, 0, RedriveOptions.IN_FLIGHT, 0))) {
                LOG.info("Redrive of {}{} begun from the page", store, only == null ? "" : " for " + only);
                context.response().setStatusCode(202).putHeader("Content-Type", "application/json").end(state().toString());
            } else {
                PageGate.end(context.response(), 409, "A redrive is under way already");
            }
        } catch (IllegalArgumentException e) {
            PageGate.end(context.response(), 409, String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode state() {
        RunningRedrive.Status status = redrive.status();
        ObjectNode state = JSON.createObjectNode().put("enabled", token.isPresent()).put("running", status.running())
                .put("failure", status.failure());
        // what it is called is for who may begin one
        state.put("store", token.isPresent() ? store : null);
        RedriveSummary summary = status.summary();
        if (summary == null) {
            return state.putNull("outcomes");
        }
        ObjectNode outcomes = state.put("read", summary.read()).put("left_out", summary.left()).putObject("outcomes");
        for (RedriveOutcome outcome : RedriveOutcome.values()) {
            outcomes.put(outcome.name(), summary.count(outcome));
        }
        if (!status.stayed().isEmpty()) {
            state.put("stayed", status.stayed().get(status.stayed().size() - 1).reason());
        }
        return state;
    }
}
