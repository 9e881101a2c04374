package io.distributary.sandbox.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private final List<Byte> received = new CopyOnWriteArrayList<>();
    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        FaultProxy.start("echo", () -> {
            while (!echo.isClosed()) {
                try {
                    Socket socket = echo.accept();
                    FaultProxy.start("echo-connection", () -> echo(socket));
                } catch (IOException e) {
                    return; // closed
                }
            }
        });
        proxy = new FaultProxy("127.0.0.1", echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    private void echo(Socket socket) {
        try (socket) {
            for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
                received.add((byte) b);
                socket.getOutputStream().write(b);
            }
        } catch (IOException e) {
            // reset by the proxy
        }
    }

    private Socket client() throws IOException {
        Socket socket = new Socket("127.0.0.1", proxy.port());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static int ask(Socket socket, int b) throws IOException {
        socket.getOutputStream().write(b);
        return socket.getInputStream().read();
    }

    @Test
    void passesBothWaysAndEndsWithTheClient() throws IOException {
        try (Socket client = client()) {
            assertEquals('a', ask(client, 'a'));
            assertEquals('b', ask(client, 'b'));
            client.shutdownOutput();
            assertEquals(-1, client.getInputStream().read());
        }
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void delaysARoundTrip() throws IOException {
        try (Socket client = client()) {
            ask(client, 'a');
            proxy.latency(Duration.ofMillis(50));
            long start = System.nanoTime();
            ask(client, 'b');
            assertTrue(System.nanoTime() - start >= Duration.ofMillis(50).toNanos());
        }
    }

    @Test
    void jitterDelaysAndKeepsTheOrder() throws IOException {
        proxy.jitter(Duration.ofMillis(20));
        try (Socket client = client()) {
            for (int b = 0; b < 20; b++) {
                client.getOutputStream().write(b);
                client.getOutputStream().flush();
            }
            for (int b = 0; b < 20; b++) {
                assertEquals(b, client.getInputStream().read());
            }
        }
    }

    @Test
    void aNarrowLineTakesItsTime() throws IOException {
        proxy.bandwidth(10_000);
        try (Socket client = client()) {
            long start = System.nanoTime();
            client.getOutputStream().write(new byte[1_000]);
            client.getInputStream().readNBytes(1_000);
            assertTrue(System.nanoTime() - start >= Duration.ofMillis(100).toNanos());
        }
    }

    @Test
    void lossCutsEachConnectionAfterSoManyBytes() throws IOException {
        try (Socket client = client()) {
            proxy.cutAfter(() -> 3);
            assertEquals('a', ask(client, 'a'));
            assertThrows(IOException.class, () -> {
                ask(client, 'b');
                throw new IOException("answered " + ask(client, 'c'));
            });
        }
        await().until(() -> proxy.cuts() == 1 && proxy.connections() == 0);
        proxy.cutAfter(null);
        try (Socket client = client()) {
            for (int b = 0; b < 10; b++) {
                assertEquals(b, ask(client, b));
            }
        }
        assertEquals(1, proxy.cuts());
    }

    @Test
    void losesAnswers() throws IOException {
        try (Socket client = client()) {
            ask(client, 'a');
            proxy.loseAnswers(true);
            client.setSoTimeout(50);
            assertThrows(SocketTimeoutException.class, () -> ask(client, 'b'));
            await().until(() -> received.equals(List.of((byte) 'a', (byte) 'b')));
        }
    }

    @Test
    void isSilent() throws IOException {
        try (Socket client = client()) {
            ask(client, 'a');
            proxy.silent(true);
            client.setSoTimeout(50);
            assertThrows(SocketTimeoutException.class, () -> ask(client, 'b'));
            await().until(() -> proxy.swallowed() == 1);
            proxy.silent(false);
            client.setSoTimeout(5_000);
            assertEquals('c', ask(client, 'c'));
            assertEquals(List.of((byte) 'a', (byte) 'c'), received);
        }
    }

    @Test
    void aHalfOpenConnectionStaysSilentAndOpen() throws IOException {
        try (Socket client = client(); Socket idle = client()) {
            ask(client, 'a');
            ask(idle, 'i');
            proxy.halfOpen(true);
            client.setSoTimeout(50);
            assertThrows(SocketTimeoutException.class, () -> ask(client, 'b'));
            await().until(() -> proxy.swallowed() == 1);
            proxy.halfOpen(false);
            assertThrows(SocketTimeoutException.class, () -> ask(client, 'c'));
            assertEquals('j', ask(idle, 'j'));
            assertEquals(List.of((byte) 'a', (byte) 'i', (byte) 'j'), received);
        }
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void resetsOnceAtTheBytesAskedFor() throws IOException {
        proxy.resetOnce(bytes -> bytes[0] == 'b');
        try (Socket client = client()) {
            assertEquals('a', ask(client, 'a'));
            assertThrows(SocketException.class, () -> ask(client, 'b'));
        }
        try (Socket client = client()) {
            assertEquals('b', ask(client, 'b'));
        }
    }

    @Test
    void isDownAndUpAgain() throws IOException {
        try (Socket client = client()) {
            ask(client, 'a');
            proxy.down();
            assertThrows(SocketException.class, () -> ask(client, 'b'));
        }
        assertThrows(ConnectException.class, this::client);
        proxy.up();
        try (Socket client = client()) {
            assertEquals('c', ask(client, 'c'));
        }
    }
}
