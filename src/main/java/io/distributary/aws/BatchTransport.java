package io.distributary.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.distributary.coalesce.Outcome;
import io.distributary.coalesce.Transport;

/**
 * Batch calls of a blocking SDK client. A request that is refused as a whole is sent again entry by entry, so that what one
 * of them is at fault for fails no other. Thread-safe as far as its call is.
 *
 * @param <M> one entry's message
 */
public final class BatchTransport<M> implements Transport<M> {
    private final Call<M> call;

    /**
     * Makes one call; throws what the client throws.
     *
     * @param <M> one entry's message
     */
    @FunctionalInterface
    public interface Call<M> {
        List<Outcome> send(List<M> messages);
    }

    public BatchTransport(Call<M> call) {
        this.call = call;
    }

    @Override
    public CompletionStage<List<Outcome>> send(List<M> messages) {
        return CompletableFuture.completedFuture(outcomes(messages));
    }

    private List<Outcome> outcomes(List<M> messages) {
        Outcome whole;
        try {
            return call.send(messages);
        } catch (RuntimeException e) {
            whole = AwsOutcomes.ofRequest(e);
        }
        if (whole instanceof Outcome.Refused && messages.size() > 1) {
            List<Outcome> each = new ArrayList<>(messages.size());
            for (M message : messages) {
                each.addAll(outcomes(List.of(message)));
            }
            return each;
        }
        return messages.stream().map(message -> whole).toList();
    }
}
