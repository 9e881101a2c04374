package io.distributary.ddbstream.checkpoint;

import java.time.Instant;
import java.util.List;

/**
 * All that a checkpoint store holds, of every application and table, as one look finds it: nothing is owned and nothing changed.
 *
 * @param place       the store, for people
 * @param owners      who has the checkpoints of which table
 * @param checkpoints of all shards
 * @param problems    what could not be read, one line each
 */
public record StoredProgress(String place, List<Owner> owners, List<Shard> checkpoints, List<String> problems) {

    /** What is known of an owner. */
    public enum State {
        /** It has renewed its lease in time, or its process runs on this machine. */
        HELD,
        /** Its lease has run out, or no such process runs on this machine. */
        LAPSED,
        /** It was given up. */
        FREE
    }

    /**
     * Who has the checkpoints of an application's table.
     *
     * @param owner for people; null while nobody has them
     * @param since when a lease was renewed last, or the process that locks the files was started; null where that is not known
     * @param until when a lease may be taken by another if it is not renewed, judged by this machine's clock; null for a lock of files
     */
    public record Owner(String application, String table, String owner, State state, Instant since, Instant until) {
    }

    /**
     * The checkpoint of one shard.
     *
     * @param savedAt when it was written; null where that is not known
     */
    public record Shard(String application, String table, String streamArn, String shardId, Checkpoint checkpoint, Instant savedAt) {
    }
}
