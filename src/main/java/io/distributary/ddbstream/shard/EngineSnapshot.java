package io.distributary.ddbstream.shard;

import java.time.Instant;
import java.util.List;

import io.distributary.ddbstream.checkpoint.Checkpoint;

/**
 * One moment's look at an engine, for people: more than {@link EngineStatus}, and dearer to make.
 *
 * @param status           what health checks ask for
 * @param bufferedBytes    read and not yet acknowledged
 * @param maxBufferedBytes where the reading waits
 * @param shards           those that are read, those that wait, and the ended ones that are still known
 */
public record EngineSnapshot(EngineStatus status, long bufferedBytes, long maxBufferedBytes, List<Shard> shards) {

    /** What a shard is doing; docs/status.md says what each means. */
    public enum State {
        READING,
        HELD,
        BACK_PRESSURE,
        RETRYING,
        SUSPENDED,
        WAITING_FOR_PARENT,
        STOPPED_AT_GAP,
        SHARD_END
    }

    /**
     * One shard.
     *
     * @param shardId       its id
     * @param parentShardId the shard it continues, or null where none is listed
     * @param state         what it is doing
     * @param why           in words, or null where it is being read or ended
     * @param position      up to where it was read; null before the first
     * @param checkpoint    up to where all is acknowledged, as memory has it; null before the first
     * @param deliveredUpTo as {@link Progress#deliveredUpTo}; null where it is not known
     * @param window        what was read of it and is not acknowledged yet
     */
    public record Shard(String shardId, String parentShardId, State state, String why, Checkpoint position, Checkpoint checkpoint,
            Instant deliveredUpTo, Window window) {
    }

    /**
     * Records of a shard between being read and being acknowledged.
     *
     * @param unfinished records read and not yet acknowledged
     * @param size       of them and of those acknowledged before their time, how many may be handed out
     * @param limit      of the size
     * @param failing    how many have failed the last time
     * @param oldest     the first of those that fail, or null
     */
    public record Window(int unfinished, int size, int limit, int failing, FailingRecord oldest) {
        static final Window EMPTY = new Window(0, 0, 0, 0, null);
    }

    /**
     * A record that is tried again.
     *
     * @param attempts that failed and count for it, see {@link io.distributary.event.FailedAttempts}
     * @param reason   of the last one
     */
    public record FailingRecord(String eventId, String eventName, String itemKey, String sequenceNumber, int attempts,
            Instant firstFailed, Instant lastFailed, String reason) {
    }
}
