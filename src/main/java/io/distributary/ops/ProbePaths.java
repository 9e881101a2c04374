package io.distributary.ops;

import org.apache.camel.CamelContext;
import org.apache.camel.StaticService;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.support.service.ServiceSupport;

/** {@code /livez} and {@code /readyz}, as Kubernetes names them, beside the paths of Camel's management server. */
public final class ProbePaths extends ServiceSupport implements StaticService {
    private final CamelContext context;

    /** To be added to the context after its management server, which has to start first. */
    public ProbePaths(CamelContext context) {
        this.context = context;
    }

    @Override
    protected void doStart() {
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        if (server == null || !server.isHealthCheckEnabled()) {
            return;
        }
        String health = server.getHealthPath();
        server.getRouter().get("/livez").handler(request -> request.reroute(health + "/live"));
        server.getRouter().get("/readyz").handler(request -> request.reroute(health + "/ready"));
    }
}
