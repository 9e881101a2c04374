package io.distributary.ops;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import io.distributary.diagnosis.ConfigurationProblem;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ManagementPortTest {
    private final CamelContext context = new DefaultCamelContext();

    @Test
    void aPortInUseIsNamedWithItsProperty() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String message = problem("127.0.0.1", taken.getLocalPort());
            assertTrue(message.startsWith("The port for health and metrics, camel.management.port=" + taken.getLocalPort()
                    + " on camel.management.host=127.0.0.1, cannot be opened (Address already in use"), message);
            assertTrue(message.endsWith("): set camel.management.port to a free one, or camel.management.enabled=false"), message);
        }
    }

    @Test
    void whatIsNoPortOrHostIsRefusedInTheSameWay() {
        assertTrue(problem("127.0.0.1", 65_536).contains("camel.management.port=65536"));
        assertTrue(problem("no.such.host.invalid", 0).contains("camel.management.host=no.such.host.invalid"));
    }

    @Test
    void aFreePortIsCamelsServers() {
        assertInstanceOf(ManagementHttpServer.class, new ManagementPort(true, new StartingPort()).newHttpManagementServer(context, at("127.0.0.1", 0)));
    }

    @Test
    void aCommandHasNoServerAndMindsNoPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertFalse(new ManagementPort(false, new StartingPort()).newHttpManagementServer(context, at("127.0.0.1", taken.getLocalPort()))
                    instanceof ManagementHttpServer);
        }
    }

    private String problem(String host, int port) {
        return assertThrows(ConfigurationProblem.class,
                () -> new ManagementPort(true, new StartingPort()).newHttpManagementServer(context, at(host, port))).getMessage();
    }

    private static HttpManagementServerConfigurationProperties at(String host, int port) {
        var configuration = new HttpManagementServerConfigurationProperties(null);
        configuration.setHost(host);
        configuration.setPort(port);
        return configuration;
    }
}
