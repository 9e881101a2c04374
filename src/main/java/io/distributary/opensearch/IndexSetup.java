package io.distributary.opensearch;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.opensearch.client.Request;
import org.opensearch.client.Response;
import org.opensearch.client.ResponseException;
import org.opensearch.client.ResponseListener;
import org.opensearch.client.RestClient;

/**
 * Creates the index template and sets {@code index.gc_deletes}, where the options ask for it: before the first request, and
 * again with the next where it failed. Thread-safe.
 */
final class IndexSetup {
    private static final int NOT_FOUND = 404;

    private final RestClient client;
    private final String template;
    private final String pattern;
    private final long gcDeletes;
    private CompletableFuture<Void> done;

    IndexSetup(RestClient client, OpenSearchConfiguration options) {
        this.client = client;
        this.template = options.getIndexTemplate();
        this.pattern = template == null ? null : NameTemplate.parse(options.getIndexName()).pattern().toLowerCase(Locale.ROOT);
        this.gcDeletes = options.getGcDeletes();
    }

    /** Begins where it has not succeeded yet; fails with the server's words. */
    synchronized CompletionStage<Void> done() {
        if (done == null || done.isCompletedExceptionally()) {
            done = template == null ? CompletableFuture.completedFuture(null) : createTemplate().thenCompose(created -> setExisting());
        }
        return done;
    }

    private CompletableFuture<Void> createTemplate() {
        String path = "/_index_template/" + encoded(template);
        return request("GET", path, null).thenCompose(status -> status != NOT_FOUND ? CompletableFuture.completedFuture(null)
                : request("PUT", path, "{\"index_patterns\":[\"" + pattern + "\"],\"template\":{\"settings\":{\"index.gc_deletes\":\""
                        + gcDeletes + "ms\"}}}").thenApply(created -> null));
    }

    private CompletableFuture<Void> setExisting() {
        return request("PUT", "/" + encoded(pattern).replace("%2A", "*") + "/_settings",
                "{\"index.gc_deletes\":\"" + gcDeletes + "ms\"}").thenApply(set -> null);
    }

    private CompletableFuture<Integer> request(String method, String path, String body) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Request request = new Request(method, path);
        if (body != null) {
            request.setJsonEntity(body);
        }
        client.performRequestAsync(request, new ResponseListener() {
            @Override
            public void onSuccess(Response response) {
                status.complete(response.getStatusLine().getStatusCode());
            }

            @Override
            public void onFailure(Exception failure) {
                if (failure instanceof ResponseException answer
                        && answer.getResponse().getStatusLine().getStatusCode() == NOT_FOUND) {
                    status.complete(NOT_FOUND);
                } else {
                    status.completeExceptionally(new IOException("Cannot set up the index template " + template + ": "
                            + failure.getMessage(), failure));
                }
            }
        });
        return status;
    }

    private static String encoded(String pathSegment) {
        return URLEncoder.encode(pathSegment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
