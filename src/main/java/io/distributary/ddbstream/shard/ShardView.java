package io.distributary.ddbstream.shard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.shard.EngineSnapshot.Shard;
import io.distributary.ddbstream.shard.EngineSnapshot.State;
import io.distributary.ddbstream.shard.EngineSnapshot.Window;

/**
 * A shard that is being read, as its reader sees it.
 *
 * @param trouble       why the last call failed, or null
 * @param position      up to where it was read
 * @param acknowledged  the checkpoint behind what is acknowledged; null before the first acknowledgement
 * @param deliveredUpTo as {@link Progress#deliveredUpTo}
 */
record ShardView(String shardId, Phase phase, String trouble, Checkpoint position, Checkpoint acknowledged, Instant deliveredUpTo,
        Window window) {

    /** What the reader is doing. */
    enum Phase {
        READING,
        FULL,
        SUSPENDED,
        /** It reads no more of it. */
        ENDED
    }

    /**
     * All shards of a stream, parents before children where both are known.
     *
     * @param listed      of the last listing
     * @param checkpoints by shard id
     * @param readers     those that are being read
     * @param gaps        why shards are stopped at a gap, by their ids
     */
    static List<Shard> all(Collection<ListedShard> listed, Map<String, Checkpoint> checkpoints, Collection<ShardView> readers,
            Map<String, String> gaps) {
        Map<String, String> parents = new LinkedHashMap<>();
        listed.forEach(shard -> parents.put(shard.shardId(), shard.parentShardId()));
        Map<String, Shard> shards = new LinkedHashMap<>();
        listed.forEach(shard -> shards.put(shard.shardId(),
                unread(shard.shardId(), shard.parentShardId(), checkpoints.get(shard.shardId()))));
        readers.forEach(reader -> shards.put(reader.shardId(), reader.shard(parents.get(reader.shardId()),
                checkpoints.get(reader.shardId()), gaps.get(reader.shardId()))));
        return new ArrayList<>(shards.values());
    }

    private static Shard unread(String shardId, String parent, Checkpoint checkpoint) {
        boolean ended = checkpoint != null && checkpoint.isShardEnd();
        return new Shard(shardId, parent, ended ? State.SHARD_END : State.WAITING_FOR_PARENT,
                ended ? null : "its parent is not finished", checkpoint, checkpoint, null, Window.EMPTY);
    }

    private Shard shard(String parent, Checkpoint stored, String gap) {
        State state = state(gap);
        return new Shard(shardId, parent, state, why(state, gap), position, acknowledged == null ? stored : acknowledged,
                state == State.STOPPED_AT_GAP ? null : deliveredUpTo, window);
    }

    private State state(String gap) {
        if (gap != null) {
            return State.STOPPED_AT_GAP;
        } else if (window.failing() > 0) {
            return State.HELD;
        } else if (phase == Phase.SUSPENDED) {
            return State.SUSPENDED;
        } else if (trouble != null) {
            return State.RETRYING;
        }
        return phase == Phase.FULL ? State.BACK_PRESSURE : State.READING;
    }

    private String why(State state, String gap) {
        return switch (state) {
            case STOPPED_AT_GAP -> gap;
            case HELD -> window.oldest() == null ? window.failing() + " records were not delivered and are tried again"
                    : "record " + window.oldest().sequenceNumber() + " was not delivered and is tried again: " + window.oldest().reason();
            case SUSPENDED -> "its route is suspended";
            case RETRYING -> trouble;
            case BACK_PRESSURE -> window.unfinished() + " records are read and not yet acknowledged, " + window.size() + " of "
                    + window.limit() + " in the window";
            default -> phase == Phase.ENDED ? "read to its end, " + window.unfinished() + " records are not yet acknowledged" : null;
        };
    }
}
