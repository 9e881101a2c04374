package io.distributary.status;

import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.distributary.config.Setting;
import io.distributary.config.Settings;
import io.distributary.deadletter.RecentDeadLetters;
import io.distributary.metrics.Meters;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.StaticService;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@value #PATH} at Camel's management server with what the instance is doing; docs/status.md describes it. Who may ask is
 * decided before it, by the page's gate.
 */
public final class StatusPath extends ServiceSupport implements StaticService {
    /** Where it is asked for. */
    public static final String PATH = "/observe/status";

    private static final Logger LOG = LoggerFactory.getLogger(StatusPath.class);
    private static final int SERVER_ERROR = 500;

    private final CamelContext context;
    private final String version;
    private final boolean records;
    private final Sampler sampler = new Sampler();
    private StatusCollector collector;
    private ScheduledExecutorService thread;

    /**
     * To be added to the context after its management server, which has to start first, and before the routes start.
     *
     * @param version of the application
     */
    public StatusPath(CamelContext context, String version) throws Exception {
        this.context = context;
        this.version = version;
        Settings settings = Settings.of(context);
        records = Boolean.parseBoolean(settings.required(Setting.PAGE_RECORDS));
        context.addService(new RecentDeadLetters(Integer.parseInt(settings.required(Setting.PAGE_DEAD_LETTERS))));
    }

    @Override
    protected void doStart() {
        collector = new StatusCollector(context, version, sampler);
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        if (server == null) {
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
