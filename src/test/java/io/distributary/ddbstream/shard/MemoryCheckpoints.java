package io.distributary.ddbstream.shard;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.checkpoint.CheckpointStore;

/** A store that outlives engines, fails when told to, and shows every save to a check. */
final class MemoryCheckpoints implements CheckpointStore {
    private final Map<String, Map<String, Checkpoint>> streams = new HashMap<>();
    private boolean owned;
    boolean failing;
    /** What becomes of a checkpoint in the store. */
    UnaryOperator<Checkpoint> stored = checkpoint -> checkpoint;
    Runnable onSave = () -> {
    };

    /** The owner has died. */
    void abandon() {
        owned = false;
    }

    /** As if the place they are kept in were gone. */
    void lose() {
        streams.clear();
    }

    /** Those of all streams. */
    Map<String, Checkpoint> stored() {
        Map<String, Checkpoint> all = new HashMap<>();
        streams.values().forEach(all::putAll);
        return all;
    }

    @Override
    public void open() {
        if (owned) {
            throw new CheckpointException("owned");
        }
        owned = true;
    }

    @Override
    public Set<String> streams() {
        return streams.keySet();
    }

    @Override
    public Optional<Map<String, Checkpoint>> load(String streamArn) {
        return Optional.ofNullable(streams.get(streamArn)).map(HashMap::new);
    }

    @Override
    public void save(String streamArn, Map<String, Checkpoint> all, Set<String> changed) {
        if (failing) {
            throw new CheckpointException("the store is down");
        }
        Map<String, Checkpoint> kept = new HashMap<>(all);
        kept.replaceAll((shardId, checkpoint) -> stored.apply(checkpoint));
        streams.put(streamArn, kept);
        onSave.run();
    }

    @Override
    public void close() {
        owned = false;
    }
}
