package io.distributary.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The few OpenSearch calls that tests and the demo make. Index names and ids are given plain, not URL-encoded. */
public final class OpenSearchHttp {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI endpoint;

    public OpenSearchHttp(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** A status and the JSON that came with it. */
    public record Answer(int status, JsonNode body) {
    }

    /**
     * The document with its {@code _version} and {@code _source}; empty if it or its index is missing. Sees unrefreshed
     * writes.
     */
    public Optional<JsonNode> get(String index, String id) {
        var answer = send("GET", "/" + encoded(index) + "/_doc/" + encoded(id), null);
        return answer.status() == 404 ? Optional.empty() : Optional.of(expectSuccess(answer));
    }

    /** Documents in the index, after a refresh; 0 if the index is missing. */
    public long count(String index) {
        if (send("POST", "/" + encoded(index) + "/_refresh", null).status() == 404) {
            return 0;
        }
        return expectSuccess(send("GET", "/" + encoded(index) + "/_count", null)).get("count").asLong();
    }

    /** Deletes the index; nothing to do if it is missing. */
    public void deleteIndex(String index) {
        var answer = send("DELETE", "/" + encoded(index), null);
        if (answer.status() != 404) {
            expectSuccess(answer);
        }
    }

    /**
     * Sends any request.
     *
     * @param path with its query, encoded
     * @param body JSON, or null for none
     */
    public Answer send(String method, String path, String body) {
        var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(URI.create(endpoint + path))
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new SandboxException("OpenSearch did not answer " + method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted in " + method + " " + path, e);
        }
    }

    private static JsonNode expectSuccess(Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new SandboxException("OpenSearch answered " + answer.status() + ": " + answer.body());
        }
        return answer.body();
    }

    private static String encoded(String pathSegment) {
        return URLEncoder.encode(pathSegment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
