package io.distributary.ddbstream.checkpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What every checkpoint store must do. */
public abstract class CheckpointStoreContract {
    protected static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    protected static final Map<String, Checkpoint> ALL = Map.of("s1", Checkpoint.shardEnd(AT),
            "s2", Checkpoint.after("495").withVersion(Long.MAX_VALUE),
            "s3", Checkpoint.trimHorizon(), "s4", Checkpoint.latest(AT),
            "s6", Checkpoint.shardEnd(AT).withVersion(7L), "s7", Checkpoint.trimHorizon().withVersion(0L));
    protected static final String APPLICATION = "fan-out";

    private final List<CheckpointStore> opened = new ArrayList<>();

    /** A store of the application {@link #APPLICATION} in this test's own place, not opened. */
    protected abstract CheckpointStore store(String table);

    /** All that is in this test's own place. */
    protected abstract StoredProgress progress();

    /** A table name of this test's own; the same for each call of one test. */
    protected String table() {
        return "orders";
    }

    protected static String stream(String table, String label) {
        return "arn:aws:dynamodb:eu-west-1:123456789012:table/" + table + "/stream/" + label;
    }

    protected final String stream() {
        return stream(table(), "2026-01-01T00:00:00.000");
    }

    protected final CheckpointStore opened() {
        return opened(store(table()));
    }

    protected final <T extends CheckpointStore> T opened(T store) {
        opened.add(store);
        store.open();
        return store;
    }

    @AfterEach
    protected final void closeStores() {
        opened.forEach(CheckpointStore::close);
        opened.clear();
    }

    @Test
    void aLookFindsEverythingOwnsNothingAndChangesNothing() {
        CheckpointStore store = opened();
        store.save(stream(), ALL, ALL.keySet());
        StoredProgress look = progress();
        assertEquals(List.of(), look.problems());
        assertEquals(ALL, look.checkpoints().stream().collect(Collectors.toMap(StoredProgress.Shard::shardId, StoredProgress.Shard::checkpoint)));
        StoredProgress.Shard shard = look.checkpoints().get(0);
        assertEquals(List.of(APPLICATION, table(), stream()), List.of(shard.application(), shard.table(), shard.streamArn()));
        assertTrue(Duration.between(shard.savedAt(), Instant.now()).abs().compareTo(Duration.ofMinutes(2)) < 0, shard::toString);
        StoredProgress.Owner owner = look.owners().get(0);
        assertEquals(StoredProgress.State.HELD, owner.state(), owner::toString);
        assertTrue(owner.owner().contains("process " + ProcessHandle.current().pid()), owner.owner());
        assertEquals(1, look.owners().size(), look::toString);

        Map<String, Checkpoint> more = Map.of("s2", Checkpoint.after("500"));
        store.save(stream(), more, Set.of("s2"));
        store.close();
        assertEquals(StoredProgress.State.FREE, progress().owners().get(0).state());
        assertNull(progress().owners().get(0).owner());
    }

    @Test
    void aStreamNeverStartedHasNoCheckpoints() {
        CheckpointStore store = opened();
        assertEquals(Optional.empty(), store.load(stream()));
        assertEquals(Set.of(), store.streams());
    }

    @Test
    void everyKindOfCheckpointSurvivesARestart() {
        CheckpointStore store = opened();
        store.save(stream(), ALL, ALL.keySet());
        store.close();
        CheckpointStore next = opened();
        assertEquals(Optional.of(ALL), next.load(stream()));
        assertEquals(Set.of(stream()), next.streams());
    }

    @Test
    void aSaveAfterTheRestartReplacesAndForgets() {
        CheckpointStore store = opened();
        store.save(stream(), ALL, ALL.keySet());
        store.close();
        store = opened();
        store.load(stream());
        Map<String, Checkpoint> next = new HashMap<>(ALL);
        next.remove("s1");
        next.put("s2", Checkpoint.after("500"));
        next.put("s5", Checkpoint.trimHorizon());
        store.save(stream(), next, Set.of("s1", "s2", "s5"));
        assertEquals(Optional.of(next), store.load(stream()));
        next.put("s2", Checkpoint.after("501"));
        store.save(stream(), next, Set.of("s2"));
        store.close();
        assertEquals(Optional.of(next), opened().load(stream()));
    }

    @Test
    void theStreamsOfARecreatedTableAreKeptApart() {
        String second = stream(table(), "2026-02-02T00:00:00.000");
        CheckpointStore store = opened();
        store.save(stream(), ALL, ALL.keySet());
        assertEquals(Optional.empty(), store.load(second));
        Map<String, Checkpoint> other = Map.of("t1", Checkpoint.after("7"));
        store.save(second, other, other.keySet());
        store.close();
        store = opened();
        assertEquals(Set.of(stream(), second), store.streams());
        assertEquals(Optional.of(ALL), store.load(stream()));
        assertEquals(Optional.of(other), store.load(second));
    }

    @Test
    void tablesWithTheSameBeginningAreKeptApart() {
        String longer = table() + ".old";
        CheckpointStore store = opened();
        CheckpointStore other = opened(store(longer));
        store.save(stream(), ALL, ALL.keySet());
        assertEquals(Set.of(), other.streams());
        Map<String, Checkpoint> one = Map.of("s1", Checkpoint.after("7"));
        other.save(stream(longer, "2026-01-01T00:00:00.000"), one, one.keySet());
        assertEquals(Set.of(stream()), store.streams());
        assertEquals(Optional.of(ALL), store.load(stream()));
    }

    @Test
    void moreShardsThanOneRequestTakesAreKept() {
        Map<String, Checkpoint> many = new HashMap<>();
        for (int shard = 0; shard < 250; shard++) {
            many.put("shardId-%020d-0".formatted(shard), Checkpoint.after(Integer.toString(shard)));
        }
        CheckpointStore store = opened();
        store.save(stream(), many, many.keySet());
        store.close();
        assertEquals(Optional.of(many), opened().load(stream()));
    }

    @Test
    void aSecondOwnerIsRefusedAndToldWhatToDo() {
        CheckpointStore store = opened();
        CheckpointException problem = assertThrows(CheckpointException.class, this::opened);
        assertFalse(problem.isRetryable());
        assertTrue(problem.getMessage().startsWith("The checkpoints of application '" + APPLICATION + "' for table '" + table()
                + "' are in use by "), problem.getMessage());
        assertTrue(problem.getMessage().contains("give this route another "), problem.getMessage());
        store.save(stream(), ALL, ALL.keySet());
        store.close();
        assertEquals(Optional.of(ALL), opened().load(stream()));
    }

    @Test
    void aClosedStoreStoresNothing() {
        CheckpointStore store = opened();
        store.close();
        assertThrows(CheckpointException.class, () -> store.save(stream(), ALL, ALL.keySet()));
        assertEquals(Optional.empty(), opened().load(stream()));
    }
}
