package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.distributary.ddbstream.checkpoint.Checkpoint;

/** Decides which shards may be read now and from where, so that a parent is finished before its children start. */
final class ShardLineage {
    /** "All data in DynamoDB Streams is subject to a 24-hour lifetime" (DynamoDB developer guide). */
    static final Duration RETENTION = Duration.ofHours(24);

    private ShardLineage() {
    }

    /**
     * @param readable       the shards to read now, with the checkpoint to read from
     * @param unknownParents shards that are not listed, and are a listed one's parent or not begun: trimmed long ago, or not
     *                       listed yet, which only another listing can tell
     */
    record Plan(Map<String, Checkpoint> readable, Set<String> unknownParents) {
    }

    /**
     * The checkpoints of the very first start on a stream, to be stored before anything is read.
     *
     * @param at now, or with {@code AT_TIMESTAMP} the instant to start at
     */
    static Map<String, Checkpoint> firstCheckpoints(Collection<ListedShard> listed, StartPosition start, Instant at) {
        Map<String, Checkpoint> checkpoints = new LinkedHashMap<>();
        if (start == StartPosition.FROM_START) {
            return checkpoints; // a shard without a checkpoint starts at TRIM_HORIZON
        }
        if (start == StartPosition.AT_TIMESTAMP) {
            // what is not listed yet is younger than every instant that has passed
            listed.forEach(shard -> checkpoints.put(shard.shardId(), Checkpoint.atTimestamp(at)));
            return checkpoints;
        }
        Set<String> open = new HashSet<>();
        for (ListedShard shard : listed) {
            if (shard.closed()) {
                checkpoints.put(shard.shardId(), Checkpoint.shardEnd(at));
            } else {
                open.add(shard.shardId());
            }
        }
        for (ListedShard shard : listed) {
            // a parent that was still listed as open is read to its end first, and its child from its beginning
            if (!shard.closed() && !open.contains(shard.parentShardId())) {
                checkpoints.put(shard.shardId(), Checkpoint.latest(at));
                if (shard.parentShardId() != null) {
                    checkpoints.putIfAbsent(shard.parentShardId(), Checkpoint.shardEnd(at));
                }
            }
        }
        return checkpoints;
    }

    /**
     * @param listed      the shards of one complete listing
     * @param checkpoints the checkpoints by shard id, those of shards no longer listed too
     * @param missing     of the unknown parents those that more than one listing lacked: finished, or to be tried
     */
    static Plan plan(Collection<ListedShard> listed, Map<String, Checkpoint> checkpoints, Set<String> missing) {
        Set<String> listedIds = listed.stream().map(ListedShard::shardId).collect(Collectors.toSet());
        Map<String, Checkpoint> readable = new LinkedHashMap<>();
        Set<String> unknownParents = new HashSet<>();
        // unfinished but no longer listed: reading it tells whether the listing or the data is incomplete
        checkpoints.forEach((shardId, checkpoint) -> {
            boolean unbegun = checkpoint.position() == Checkpoint.Position.AT_TIMESTAMP;
            if (unbegun && !listedIds.contains(shardId) && !missing.contains(shardId)) {
                unknownParents.add(shardId);
            } else if (!checkpoint.isShardEnd() && (!unbegun || !listedIds.contains(shardId))) {
                readable.put(shardId, checkpoint);
            }
        });
        for (ListedShard shard : listed) {
            Checkpoint own = checkpoints.getOrDefault(shard.shardId(), Checkpoint.trimHorizon());
            if (checkpoints.containsKey(shard.shardId()) && own.position() != Checkpoint.Position.AT_TIMESTAMP) {
                continue;
            }
            String parent = shard.parentShardId();
            Checkpoint parentCheckpoint = parent == null ? null : checkpoints.get(parent);
            boolean parentUnknown = parent != null && parentCheckpoint == null && !listedIds.contains(parent);
            if (parent == null || parentCheckpoint != null && parentCheckpoint.isShardEnd()
                    || parentUnknown && missing.contains(parent)) {
                readable.put(shard.shardId(), parentCheckpoint == null || own.version() != null ? own
                        : own.withVersion(parentCheckpoint.version()));
            } else if (parentUnknown) {
                unknownParents.add(parent);
            }
        }
        return new Plan(readable, unknownParents);
    }

    /**
     * Where a shard that is begun now was to be begun so long ago that its oldest records, if it had any then, are trimmed: no
     * call tells, as there is no sequence number to ask for.
     *
     * @return since when it was to be read; null where nothing can be lost
     */
    static Instant overdueSince(Checkpoint kept, Instant now) {
        boolean unbegun = kept.position() == Checkpoint.Position.TRIM_HORIZON || kept.position() == Checkpoint.Position.LATEST;
        return unbegun && kept.instant() != null && kept.instant().isBefore(now.minus(RETENTION)) ? kept.instant() : null;
    }

    /** True when everything in the listing and in the checkpoints is at SHARD_END. */
    static boolean finished(Collection<ListedShard> listed, Map<String, Checkpoint> checkpoints) {
        return checkpoints.values().stream().allMatch(Checkpoint::isShardEnd)
                && listed.stream().allMatch(shard -> checkpoints.containsKey(shard.shardId()));
    }

    /** The finished shards that are unlisted and ended before {@code before}: nothing can ask for them again. */
    static Set<String> forgettable(Collection<ListedShard> listed, Map<String, Checkpoint> checkpoints, Instant before) {
        Map<String, Checkpoint> left = new HashMap<>(checkpoints);
        listed.forEach(shard -> left.remove(shard.shardId()));
        left.values().removeIf(checkpoint -> !checkpoint.isShardEnd() || !checkpoint.instant().isBefore(before));
        return left.keySet();
    }
}
