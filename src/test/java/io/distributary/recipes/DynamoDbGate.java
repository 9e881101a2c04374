package io.distributary.recipes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Stands before DynamoDB Local: notes whose calls pass, and can keep the calls of an operation from it. */
final class DynamoDbGate implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;
    private final String closedTo;
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> accessKeys = new CopyOnWriteArrayList<>();
    private final List<String> kept = new CopyOnWriteArrayList<>();

    /** @param closedTo the operation whose calls get no answer as long as the gate stands, or none of that name */
    DynamoDbGate(URI server, String closedTo) throws IOException {
        this.server = server;
        this.closedTo = closedTo;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Of the calls so far, in their order. */
    List<String> accessKeys() {
        return List.copyOf(accessKeys);
    }

    /** The calls that wait here. */
    List<String> kept() {
        return List.copyOf(kept);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            accessKeys.add(exchange.getRequestHeaders().getFirst("Authorization").replaceAll(".*Credential=([^/]*)/.*", "$1"));
            if (exchange.getRequestHeaders().getFirst("X-Amz-Target").endsWith("." + closedTo)) {
                kept.add(new String(body));
                end.await();
                return;
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(server).POST(BodyPublishers.ofByteArray(body));
            for (String header : List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date")) {
                request.header(header, exchange.getRequestHeaders().getFirst(header));
            }
            var response = client.send(request.build(), BodyHandlers.ofByteArray());
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(response.statusCode(), response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
