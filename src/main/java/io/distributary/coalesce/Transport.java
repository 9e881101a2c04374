package io.distributary.coalesce;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Sends one request to a target.
 *
 * @param <M> what it sends
 */
@FunctionalInterface
public interface Transport<M> {
    /**
     * Called by several threads at once; may block only where the coalescer was given threads for it.
     *
     * @param messages one request's worth, at least one
     * @return their outcomes in the same order; what is thrown, or fails the stage, counts as {@link Outcome.Retryable} for all
     */
    CompletionStage<List<Outcome>> send(List<M> messages);
}
