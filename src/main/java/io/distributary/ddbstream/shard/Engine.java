package io.distributary.ddbstream.shard;

/**
 * Reads a table's stream, hands every record to a {@link RecordHandler} until it is acknowledged, each item's in order,
 * and keeps the progress. Used once: start, any number of suspensions, stop. Safe to call from any thread.
 */
public interface Engine {
    /**
     * Begins to read. Returns when the position is held, or when AWS cannot be reached at the moment (then it goes on
     * trying by itself).
     *
     * @throws StreamUnavailableException where only a person can help
     * @throws io.distributary.ddbstream.checkpoint.CheckpointException where checkpoints cannot be owned or read
     */
    void start();

    /**
     * Hands out no further records, but for those that wait for their item's turn and stand before others that have been
     * handed out: without them a stop would leave what is acknowledged behind them to be repeated. Those in flight go on.
     */
    void suspend();

    void resume();

    /** Deliveries handed out and not yet completed, exchanges in flight; 0 when a suspended engine has nothing left to finish. */
    int inFlight();

    /** Stops for good, stores what has been acknowledged and gives up the ownership of the checkpoints. */
    void stop();

    EngineStatus status();

    /** As {@link #status}, with all that people may want to know; made anew for each call. */
    EngineSnapshot snapshot();
}
