package io.distributary.ddb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers an operation's next requests as told; passes all others on to DynamoDB Local. */
final class FaultyDynamoDb implements AutoCloseable {
    private static final String PREFIX = "DynamoDB_20120810.";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();

    /**
     * An answer instead of the server's.
     *
     * @param status 0 for none: the connection is closed
     * @param stored whether the server gets the request all the same
     */
    record Fault(int status, String code, boolean stored) {
    }

    FaultyDynamoDb(URI server) throws IOException {
        this.server = server;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    void next(String operation, Fault... answers) {
        faults.computeIfAbsent(operation, absent -> new ArrayDeque<>()).addAll(List.of(answers));
    }

    int requests(String operation) {
        return requests.getOrDefault(operation, new AtomicInteger()).get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target").substring(PREFIX.length());
            requests.computeIfAbsent(operation, absent -> new AtomicInteger()).incrementAndGet();
            Fault fault;
            synchronized (this) {
                fault = faults.containsKey(operation) ? faults.get(operation).poll() : null;
            }
            if (fault != null && !fault.stored()) {
                answer(exchange, fault);
                return;
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(server).POST(BodyPublishers.ofByteArray(body));
            for (String header : new String[] {"X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date"}) {
                request.header(header, exchange.getRequestHeaders().getFirst(header));
            }
            var response = client.send(request.build(), BodyHandlers.ofByteArray());
            if (fault != null) {
                answer(exchange, fault);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(response.statusCode(), response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, Fault fault) throws IOException {
        if (fault.status() > 0) {
            byte[] body = ("{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + fault.code() + "\",\"message\":\"as told\"}").getBytes();
            exchange.sendResponseHeaders(fault.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
