package io.distributary.status;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.distributary.deadletter.RecentDeadLetters;
import io.distributary.diagnosis.ConfigurationProblem;
import io.distributary.metrics.Meters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.StaticService;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@value #PATH} at Camel's management server with what the instance is doing; docs/status.md describes it. */
public final class StatusPath extends ServiceSupport implements StaticService {
    /** Where it is asked for. */
    public static final String PATH = "/observe/status";
    /** Whether it is there. */
    static final String ENABLED = "distributary.status.enabled";
    /** Who sees items' data. */
    static final String RECORDS = "distributary.status.records";
    /** How many dead letters are remembered. */
    static final String DEAD_LETTERS = "distributary.status.dead-letters";

    private static final Logger LOG = LoggerFactory.getLogger(StatusPath.class);
    private static final int MAX_DEAD_LETTERS = 1_000;
    private static final int SERVER_ERROR = 500;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final CamelContext context;
    private final String version;
    private final Sampler sampler = new Sampler();
    private StatusCollector collector;
    private ScheduledExecutorService thread;
    private Shown shown;

    /** To whom items' data is shown. */
    enum Shown {
        LOOPBACK,
        EVERYONE,
        NOBODY;

        /**
         * @param remote the caller's address, null where it is not known
         * @param host   what the request asks for: a page of another site may have been resolved to this machine
         */
        boolean to(String remote, String host) {
            return this == EVERYONE || this == LOOPBACK && remote != null && host != null
                    && (remote.startsWith("127.") || remote.equals("::1") || remote.equals("0:0:0:0:0:0:0:1"))
                    && StatusPath.LOOPBACK.contains(host.toLowerCase(Locale.ROOT).replaceFirst("(?<=[^:]):\\d+$", ""));
        }
    }

    /**
     * To be added to the context after its management server, which has to start first, and before the routes start.
     *
     * @param version of the application
     * @throws ConfigurationProblem where a setting is wrong
     */
    public StatusPath(CamelContext context, String version) throws Exception {
        this.context = context;
        this.version = version;
        shown = shown(setting(RECORDS, "loopback"));
        context.addService(new RecentDeadLetters(deadLetters(setting(DEAD_LETTERS, "50"))));
    }

    private String setting(String name, String otherwise) {
        return context.getPropertiesComponent().resolveProperty(name).map(String::strip).filter(value -> !value.isEmpty()).orElse(otherwise);
    }

    private static Shown shown(String value) {
        try {
            return Shown.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationProblem(RECORDS + "=" + value + " is none of loopback, everyone, nobody");
        }
    }

    private static int deadLetters(String value) {
        if (!value.matches("\\d{1,4}") || Integer.parseInt(value) > MAX_DEAD_LETTERS) {
            throw new ConfigurationProblem(DEAD_LETTERS + "=" + value + " is no number from 0 to " + MAX_DEAD_LETTERS);
        }
        return Integer.parseInt(value);
    }

    /** What the instance is doing now; for who has judged by itself whether items' data may be shown. */
    public Status status(boolean records) {
        return collector.collect(records);
    }

    @Override
    protected void doStart() {
        collector = new StatusCollector(context, version, sampler);
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        if (server == null || !Boolean.parseBoolean(setting(ENABLED, "true"))) {
            return;
        }
        thread = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "Status");
        thread.scheduleAtFixedRate(this::sample, 0, Sampler.INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        server.getRouter().get(PATH).blockingHandler(this::answer, false);
    }

    @Override
    protected void doStop() {
        if (thread != null) {
            context.getExecutorServiceManager().shutdown(thread);
        }
    }

    private void sample() {
        try {
            sampler.sample(Counted.of(Meters.of(context)), Instant.now(), System.nanoTime());
        } catch (RuntimeException e) {
            LOG.debug("No rates for an interval: the meters changed meanwhile", e); // an exception would end the sampling for good
        }
    }

    private void answer(RoutingContext request) {
        HttpServerRequest asked = request.request();
        boolean records = shown.to(asked.remoteAddress() == null ? null : asked.remoteAddress().hostAddress(), asked.getHeader("Host"));
        String json;
        try {
            json = StatusJson.write(collector.collect(records));
        } catch (RuntimeException e) {
            LOG.warn("The status cannot be told: {}", e.toString());
            LOG.debug("Stack trace of the above", e);
            request.response().setStatusCode(SERVER_ERROR).end();
            return;
        }
        request.response().putHeader("Content-Type", "application/json").putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff").end(json);
    }
}
