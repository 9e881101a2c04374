package io.distributary.ops;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on the management port between two tries of a start, when Camel's server is down with the rest: the process is live, and not
 * ready for the reason of the last try. Thread-safe.
 */
public final class StartingPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StartingPort.class);

    private String host;
    private int port;
    private boolean known;
    private HttpServer server;
    private ExecutorService threads;
    private volatile String reason;

    /** Camel's server is about to open the port. */
    synchronized void handOver(String toHost, int toPort) {
        close();
        host = toHost;
        port = toPort;
        known = true;
    }

    /** Opens the port again, where Camel's server had it; none where that was switched off. */
    public synchronized void waiting(String because) {
        reason = because;
        if (!known || server != null) {
            return;
        }
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 0);
            threads = Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, "distributary-starting-port");
                thread.setDaemon(true);
                return thread;
            });
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        } catch (IOException e) {
            server = null;
            LOG.debug("The management port is not open while the start waits", e); // the next try says so where it is taken
        }
    }

    /** Where it answers; for tests with any free port. */
    synchronized InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange request) throws IOException {
        String path = request.getRequestURI().getPath();
        boolean live = path.equals("/livez") || path.endsWith("/live");
        byte[] body = (live ? "{\"status\":\"UP\"}"
                : "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"start\",\"status\":\"DOWN\",\"message\":\""
                        + new String(JsonStringEncoder.getInstance().quoteAsString(reason)) + "\"}]}").getBytes(StandardCharsets.UTF_8);
        try (request) {
            request.getResponseHeaders().set("Content-Type", "application/json");
            request.sendResponseHeaders(live ? 200 : 503, body.length);
            request.getResponseBody().write(body);
        }
    }

    /** Leaves the port to others. */
    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(0);
            server = null;
            threads.shutdownNow();
        }
    }
}
