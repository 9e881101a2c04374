package io.distributary.ddbstream.shard;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.checkpoint.CheckpointStore;
import io.distributary.ddbstream.checkpoint.OwnershipLostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints of one stream in memory, and which of them the store does not have yet. */
final class CheckpointKeeper {
    static final String SAVING = "saving checkpoints";

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointKeeper.class);

    private final CheckpointStore store;
    private final String streamArn;
    private final Trouble trouble;
    private final Object saving = new Object();
    private final Map<String, Checkpoint> current;
    private final Set<String> changed = new HashSet<>();
    private volatile String lost;

    CheckpointKeeper(CheckpointStore store, String streamArn, Map<String, Checkpoint> stored, Trouble trouble) {
        this.store = store;
        this.streamArn = streamArn;
        this.current = new HashMap<>(stored);
        this.trouble = trouble;
    }

    synchronized void put(String shardId, Checkpoint checkpoint) {
        if (!Objects.equals(current.put(shardId, checkpoint), checkpoint)) {
            changed.add(shardId);
        }
    }

    synchronized void forget(Set<String> shardIds) {
        current.keySet().removeAll(shardIds);
        changed.addAll(shardIds);
    }

    synchronized Checkpoint get(String shardId) {
        return current.get(shardId);
    }

    /** Not Map.copyOf, whose order differs from one JVM to the next: a random model's seed must run the same again. */
    synchronized Map<String, Checkpoint> all() {
        return Collections.unmodifiableMap(new HashMap<>(current));
    }

    /** Who has taken the checkpoints over, for people; null while they are ours. */
    String lost() {
        return lost;
    }

    /**
     * Stores what has changed; a store that fails keeps what it had, and the changes wait for the next call.
     *
     * @return true when the store has everything
     */
    boolean save() {
        synchronized (saving) {
            Map<String, Checkpoint> all;
            Set<String> toSave;
            synchronized (this) {
                all = all();
                toSave = Set.copyOf(changed);
                changed.clear();
            }
            try {
                store.verifyOwnership();
                if (toSave.isEmpty()) {
                    return true;
                }
                store.save(streamArn, all, toSave);
                trouble.end(SAVING);
                return true;
            } catch (OwnershipLostException e) {
                if (lost == null) {
                    lost = e.getMessage();
                    LOG.error(lost);
                }
            } catch (RuntimeException e) {
                synchronized (this) {
                    changed.addAll(toSave);
                }
                trouble.begin(SAVING, e instanceof CheckpointException ? e.getMessage() : StreamErrors.reason(e));
            }
            return false;
        }
    }
}
