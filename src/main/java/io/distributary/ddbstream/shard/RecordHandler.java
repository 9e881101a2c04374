package io.distributary.ddbstream.shard;

import java.util.function.Consumer;

import io.distributary.event.ChangeEvent;

/** Takes one record on its way to the targets. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * Called on a worker thread, which it may block.
     *
     * @param event the record
     * @param done  to be called once, on any thread: with null when every target has the record, else with the reason;
     *              the record is then handed over again later
     */
    void handle(ChangeEvent event, Consumer<Throwable> done);
}
