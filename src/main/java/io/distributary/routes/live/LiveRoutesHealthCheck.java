package io.distributary.routes.live;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * UP with {@code state: DEGRADED} and the reason for each file while files are refused: the last good routes carry on, and a
 * restart would make it worse. DOWN only while a route that should run does not.
 */
final class LiveRoutesHealthCheck extends AbstractHealthCheck {
    private final LiveRoutes routes;

    LiveRoutesHealthCheck(LiveRoutes routes) {
        super("distributary", "distributary-routes");
        this.routes = routes;
    }

    /** Restarting the process would mend nothing that this check sees. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Map<String, String> problems = routes.problems();
        builder.detail("state", routes.routesDown() ? "DOWN" : problems.isEmpty() ? "OK" : "DEGRADED");
        problems.forEach((file, problem) -> builder.detail("problem." + file, problem));
        if (!problems.isEmpty()) {
            builder.message(String.join("; ", problems.values()));
        }
        if (routes.routesDown()) {
            builder.down();
        } else {
            builder.up();
        }
    }
}
