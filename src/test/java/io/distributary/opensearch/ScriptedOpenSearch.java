package io.distributary.opensearch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** An HTTP endpoint that answers {@code _bulk} as a test tells it to, by default with success for every action. */
final class ScriptedOpenSearch implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Bulk> bulks = new CopyOnWriteArrayList<>();
    private final List<String> others = new CopyOnWriteArrayList<>();
    private volatile Script script = bulk -> bulk.answer(id -> 200);

    /** Answers one request. */
    interface Script {
        Answer answer(Bulk bulk) throws Exception;
    }

    /** The status of one document's action. */
    interface Statuses {
        int of(String id);
    }

    record Answer(int status, String body) {
    }

    /**
     * A request as it came.
     *
     * @param number of the request, from 1
     * @param ids    of its actions
     */
    record Bulk(int number, List<String> ids, int bytes) {
        /** Says of each action what it became. */
        Answer answer(Statuses statuses) {
            List<String> items = ids.stream().map(id -> {
                int status = statuses.of(id);
                return "{\"index\":{\"_id\":\"" + id.replace("\\", "\\\\") + "\",\"status\":" + status + (status < 300 ? ""
                        : ",\"error\":{\"type\":\"some_exception\",\"reason\":\"why " + status + "\"}") + "}}";
            }).toList();
            return new Answer(200, "{\"took\":1,\"errors\":true,\"items\":[" + String.join(",", items) + "]}");
        }
    }

    ScriptedOpenSearch() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://localhost:" + port();
    }

    void script(Script next) {
        script = next;
    }

    List<Bulk> bulks() {
        return bulks;
    }

    /** Method, path and body of what was no bulk, but for HEAD /. */
    List<String> others() {
        return others;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Answer answer = new Answer(200, "{}");
        if (exchange.getRequestURI().getPath().equals("/_bulk")) {
            Bulk bulk;
            synchronized (bulks) {
                bulk = new Bulk(bulks.size() + 1, ids(body), body.length);
                bulks.add(bulk);
            }
            try {
                answer = script.answer(bulk);
            } catch (Exception e) {
                throw new IOException(e);
            }
        } else if (!exchange.getRequestMethod().equals("HEAD")) {
            others.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + new String(body, StandardCharsets.UTF_8));
            answer = new Answer(exchange.getRequestMethod().equals("GET") ? 404 : 200, "{}");
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static List<String> ids(byte[] body) throws IOException {
        List<String> ids = new ArrayList<>();
        for (String line : new String(body, StandardCharsets.UTF_8).split("\n")) {
            JsonNode action = JSON.readTree(line).elements().next();
            if (action.has("_id")) {
                ids.add(action.get("_id").asText());
            }
        }
        return ids;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
