package io.distributary.status;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a person is told where no status comes back. */
class StatusClientTest {
    @ParameterizedTest
    @CsvSource({
            "localhost:8080,                    http://localhost:8080/observe/status",
            "orders,                            http://orders:8080/observe/status",
            "[::1]:9,                           http://[::1]:9/observe/status",
            "http://orders,                     http://orders/observe/status",
            "https://orders/,                   https://orders/observe/status",
            "http://orders:1/orders/status,     http://orders:1/orders/status",
            "http://user:secret@orders:1,       http://orders:1/observe/status",
    })
    void anAddressIsWhatAPersonWrites(String written, String uri) {
        assertEquals(uri, StatusClient.uri(written).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://orders", "http://", "a b", ":8080"})
    void whatIsNoAddressIsRefused(String written) {
        assertThrows(IllegalArgumentException.class, () -> StatusClient.uri(written));
    }

    @ParameterizedTest
    @CsvSource({
            "404, '',        another program answers at that port",
            "403, '',        refuses to tell (HTTP 403): ask from the machine it runs on",
            "401, '',        refuses to tell (HTTP 401)",
            "500, '',        answers with HTTP 500",
            "302, '',        answers with HTTP 302",
            "200, '<html>',  answers with something else",
            "200, '{}',      it has no status_version",
    })
    void anAnswerThatIsNoStatusIsSaidWithItsAddress(int code, String body, String expected) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            String message = message("localhost:" + server.getAddress().getPort());
            assertTrue(message.contains(expected), message);
            assertTrue(message.contains(":" + server.getAddress().getPort() + "/observe/status"), message);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anInstanceThatDoesNotRunIsSaid() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        String message = message("localhost:" + free);
        assertTrue(message.startsWith("No instance answers at http://localhost:" + free), message);
        assertTrue(message.contains("camel.management.port"), message);
    }

    private static String message(String address) {
        StatusClient client = new StatusClient(StatusClient.uri(address));
        return assertThrows(StatusClient.NoAnswerException.class, () -> client.read(client.ask())).getMessage();
    }
}
