package io.distributary.opensearch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

import io.distributary.coalesce.Outcome;
import io.distributary.coalesce.Transport;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.opensearch.client.Request;
import org.opensearch.client.Response;
import org.opensearch.client.ResponseException;
import org.opensearch.client.ResponseListener;
import org.opensearch.client.RestClient;

/**
 * Sends actions with {@code _bulk} and reads each one's outcome. Never blocks. A request that the server refuses as a whole
 * is halved until the action that is to blame stands alone. Thread-safe.
 */
final class BulkTransport implements Transport<BulkAction> {
    /** Of the answer only what is read: the rest repeats what was sent. */
    private static final String FILTER = "errors,items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by";

    private static final int TOO_LARGE = 413;

    private final RestClient client;
    private final IndexSetup setup;
    private final IntConsumer superseded;

    /** @param superseded told how many documents of an answer were newer already */
    BulkTransport(RestClient client, IndexSetup setup, IntConsumer superseded) {
        this.client = client;
        this.setup = setup;
        this.superseded = superseded;
    }

    @Override
    public CompletionStage<List<Outcome>> send(List<BulkAction> actions) {
        return setup.done().thenCompose(done -> bulk(actions));
    }

    private CompletionStage<List<Outcome>> bulk(List<BulkAction> actions) {
        Request request = new Request("POST", "/_bulk");
        request.addParameter("filter_path", FILTER);
        request.setEntity(new BulkBody(actions));
        CompletableFuture<List<Outcome>> outcomes = new CompletableFuture<>();
        client.performRequestAsync(request, new ResponseListener() {
            @Override
            public void onSuccess(Response response) {
                try {
                    BulkResponse.Outcomes read = BulkResponse.read(response.getEntity().getContent(), actions);
                    if (read.superseded() > 0) {
                        superseded.accept(read.superseded());
                    }
                    outcomes.complete(read.outcomes());
                } catch (IOException | RuntimeException e) {
                    outcomes.completeExceptionally(e);
                }
            }

            @Override
            public void onFailure(Exception failure) {
                if (failure instanceof ResponseException answer) {
                    answered(answer.getResponse()).whenComplete((result, error) -> complete(outcomes, result, error));
                } else {
                    outcomes.completeExceptionally(failure);
                }
            }

            private CompletionStage<List<Outcome>> answered(Response response) {
                int status = response.getStatusLine().getStatusCode();
                if (BulkResponse.refused(status) && actions.size() > 1) {
                    return halves(actions);
                }
                String reason = reason(status, response);
                Outcome outcome = BulkResponse.refused(status) ? new Outcome.Refused(reason, null)
                        : new Outcome.Retryable(reason, null);
                return CompletableFuture.completedFuture(actions.stream().map(action -> outcome).toList());
            }
        });
        return outcomes;
    }

    private CompletionStage<List<Outcome>> halves(List<BulkAction> actions) {
        int half = actions.size() / 2;
        return bulk(actions.subList(0, half)).thenCombine(bulk(actions.subList(half, actions.size())), (first, second) -> {
            List<Outcome> all = new ArrayList<>(first);
            all.addAll(second);
            return all;
        });
    }

    /** The server's words; it has none where it did not even read the request. */
    private static String reason(int status, Response response) {
        String words;
        try {
            words = response.getEntity() == null ? "" : BulkResponse.error(EntityUtils.toString(response.getEntity()));
        } catch (IOException | ParseException e) {
            words = "(" + e + ")";
        }
        return status + " " + (words.isBlank() ? response.getStatusLine().getReasonPhrase() : words)
                + (status == TOO_LARGE ? "; it limits a request by http.max_content_length" : "");
    }

    private static <T> void complete(CompletableFuture<T> future, T result, Throwable error) {
        if (error == null) {
            future.complete(result);
        } else {
            future.completeExceptionally(error);
        }
    }
}
