package io.distributary.ops;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;

import io.distributary.diagnosis.ConfigurationProblem;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.main.DefaultMainHttpServerFactory;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.main.MainHttpServerFactory;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The port that answers for health and metrics: Camel's management server ({@code camel.management.*}). To be bound in the
 * registry, where Camel Main finds it and asks it for its servers.
 */
public final class ManagementPort implements MainHttpServerFactory {
    private final boolean open;
    private final StartingPort starting;
    private final MainHttpServerFactory servers = new DefaultMainHttpServerFactory();

    /**
     * @param open     false for a command, which opens no port whatever the settings say
     * @param starting has the port before
     */
    public ManagementPort(boolean open, StartingPort starting) {
        this.open = open;
        this.starting = starting;
    }

    /**
     * Defaults where Camel's own would cost: a span for each exchange and step, timers for each use of a kamelet under a
     * name that changes with every reload, an event for each exchange and each sending. And the meters that tell a restart
     * and what memory is left.
     */
    public static Map<String, String> defaults() {
        return Map.of("camel.opentelemetry2.enabled", "false", "camel.metrics.enableRoutePolicy", "false",
                "camel.metrics.enableExchangeEventNotifier", "false", "camel.metrics.binders", "jvm-memory,uptime");
    }

    @Override
    public Service newHttpServer(CamelContext context, HttpServerConfigurationProperties configuration) {
        return open ? servers.newHttpServer(context, configuration) : new NoServer();
    }

    /** @throws ConfigurationProblem where the port cannot be had: Camel's server only warns, and goes on without */
    @Override
    public Service newHttpManagementServer(CamelContext context, HttpManagementServerConfigurationProperties configuration) {
        if (!open) {
            return new NoServer();
        }
        starting.handOver(configuration.getHost(), configuration.getPort());
        check(configuration.getHost(), configuration.getPort());
        return servers.newHttpManagementServer(context, configuration);
    }

    private static void check(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationProblem("The port for health and metrics, camel.management.port=" + port
                    + " on camel.management.host=" + host + ", cannot be opened (" + e.getMessage()
                    + "): set camel.management.port to a free one, or camel.management.enabled=false");
        }
    }

    /** Where the server answers, as {@code http://0.0.0.0:8080}; empty where there is none. */
    public static Optional<String> address(CamelContext context) {
        return Optional.ofNullable(context.hasService(ManagementHttpServer.class))
                .flatMap(management -> context.hasServices(VertxPlatformHttpServer.class).stream()
                        .filter(server -> server.getConfigurationPort() == management.getPort()).findFirst())
                .map(server -> "http://" + server.getHost() + ":" + server.getPort());
    }

    private static final class NoServer extends ServiceSupport {
    }
}
