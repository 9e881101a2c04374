package io.distributary.ddbstream.shard;

import java.time.Instant;
import java.util.function.Supplier;

/** Hears what an engine counts. Called on any of its threads, at once; must neither block nor throw. */
public interface EngineListener {
    /** Counts nothing. */
    EngineListener NONE = new EngineListener() {
    };

    /** A page was read with so many records, none perhaps. */
    default void page(int records) {
    }

    /** A call of the Streams API failed; it is made again where that can help. */
    default void callFailed() {
    }

    /**
     * A shard is being read from now on.
     *
     * @param deliveredUpTo until when every change of the shard is known to be acknowledged, as {@link Progress#deliveredUpTo}
     */
    default void reading(String shardId, Supplier<Instant> deliveredUpTo) {
    }

    /** A shard is read to its end, and all of it acknowledged. */
    default void finished(String shardId) {
    }

    /** The store has the acknowledged positions of all shards. */
    default void checkpointed() {
    }

    /** Records of a shard are gone that were not read: told once for each loss. */
    default void gap(String shardId) {
    }
}
