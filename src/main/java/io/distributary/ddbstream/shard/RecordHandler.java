package io.distributary.ddbstream.shard;

import java.util.List;
import java.util.function.Consumer;

import io.distributary.event.ChangeEvent;
import io.distributary.event.FailedAttempts;

/**
 * Takes records on their way to the targets. Called on worker threads, which it may block. What it is given to call is to
 * be called once, on any thread.
 */
@FunctionalInterface
public interface RecordHandler {
    /**
     * Takes one record.
     *
     * @param event the record
     * @param done  with null when every target has the record, else with the reason; the record is then handed over again
     *              later
     */
    void handle(ChangeEvent event, Consumer<Throwable> done);

    /**
     * Takes a batch; asked only of an engine whose {@link Batching} makes lists.
     *
     * @param events of one shard, in stream order, no two of the same item; unmodifiable
     * @param done   as for one record; a {@link io.distributary.event.BatchItemFailuresException} anywhere among the causes
     *               of the reason says which of them failed, and that the others have been delivered
     */
    default void handle(List<ChangeEvent> events, Consumer<Throwable> done) {
        throw new UnsupportedOperationException("This handler takes single records");
    }

    /**
     * Takes a record that the {@link RetryLimits} have given up.
     *
     * @param done with null when it is stored as a dead letter, else with the reason; it is then handed over again later
     */
    default void deadLetter(ChangeEvent event, FailedAttempts failed, Throwable reason, Consumer<Throwable> done) {
        throw new UnsupportedOperationException("This handler has no dead letters");
    }
}
