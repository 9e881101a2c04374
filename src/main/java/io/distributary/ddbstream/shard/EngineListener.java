package io.distributary.ddbstream.shard;

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

    /** Records of a shard are gone that were not read: told once for each loss. */
    default void gap(String shardId) {
    }
}
