package io.distributary.ddbstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.distributary.ddbstream.RoutePosition.State;
import io.distributary.ddbstream.RoutePosition.Taken;
import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.checkpoint.CheckpointsInUseException;
import io.distributary.ddbstream.checkpoint.FileCheckpointStore;
import io.distributary.ddbstream.shard.StartPosition;
import io.distributary.ddbstream.shard.StreamFinder;
import io.distributary.ddbstream.shard.TableStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutePositionTest {
    private static final String ARN = "arn:aws:dynamodb:eu-west-1:1:table/t/stream/2026-11-21T00:00:00.000";
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** Of a table with one stream. */
    private static final StreamFinder FINDER = new StreamFinder() {
        @Override
        public TableStream find() {
            return new TableStream("t", ARN, "pk", null);
        }

        @Override
        public Optional<String> resumable(Set<String> checkpointed) {
            return checkpointed.stream().findFirst();
        }

        @Override
        public Optional<TableStream> describe(String streamArn) {
            throw new AssertionError("not needed");
        }

        @Override
        public Optional<TableStream> after(String streamArn) {
            throw new AssertionError("not needed");
        }

        @Override
        public String noneAfter(String streamArn) {
            throw new AssertionError("not needed");
        }
    };

    @TempDir
    private Path folder;

    private FileCheckpointStore store() {
        return new FileCheckpointStore(folder, "app", "t");
    }

    private RoutePosition position(StartPosition start, Consumer<Duration> pause) {
        return new RoutePosition("t", store(), FINDER, start, (stream, owned, instant) -> {
            Map<String, Checkpoint> first = Map.of("shard", Checkpoint.latest(instant));
            owned.save(stream.streamArn(), first, first.keySet());
        }, pause);
    }

    private RoutePosition position() {
        return position(StartPosition.FROM_LATEST, pause -> {
            throw new AssertionError("nothing to wait for");
        });
    }

    private Map<String, Checkpoint> stored() {
        FileCheckpointStore store = store();
        store.open();
        try {
            return store.load(ARN).orElse(Map.of());
        } finally {
            store.close();
        }
    }

    private void store(Map<String, Checkpoint> checkpoints) {
        FileCheckpointStore store = store();
        store.open();
        store.save(ARN, checkpoints, checkpoints.keySet());
        store.close();
    }

    @Test
    void whereThereAreNoneTheInstantIsStoredAndOwnedUntilTheEnd() {
        try (RoutePosition position = position()) {
            assertEquals(new Taken(State.STORED, NOW), position.take(NOW));
            assertThrows(CheckpointsInUseException.class, () -> store().open(), "an instance cannot start");
        }
        assertEquals(Map.of("shard", Checkpoint.latest(NOW)), stored());
    }

    @Test
    void whereThereAreSomeTheyStay() {
        Map<String, Checkpoint> before = Map.of("1", Checkpoint.after("100"), "2", Checkpoint.latest(NOW.minusSeconds(50)),
                "3", Checkpoint.trimHorizon(NOW.minusSeconds(70)), "4", Checkpoint.shardEnd(NOW.minusSeconds(90)), "5", Checkpoint.trimHorizon());
        store(before);
        try (RoutePosition position = position()) {
            assertEquals(new Taken(State.KEPT, NOW.minusSeconds(70)), position.take(NOW));
        }
        assertEquals(before, stored());
        store(Map.of("1", Checkpoint.after("100")));
        try (RoutePosition position = position()) {
            assertEquals(new Taken(State.KEPT, null), position.take(NOW));
        }
    }

    @Test
    void wherePositionWasTakenBeforeNoneIsStoredAgain() {
        try (RoutePosition position = position()) {
            assertEquals(new Taken(State.MISSING, null), position.take(null));
        }
        assertEquals(Map.of(), stored());
    }

    @Test
    void anInstanceThatRunsKeepsItsOwnership() {
        FileCheckpointStore running = store();
        running.open();
        Map<String, Checkpoint> its = Map.of("1", Checkpoint.after("100"));
        running.save(ARN, its, its.keySet());
        try (RoutePosition position = position()) {
            assertEquals(new Taken(State.RUNNING, null), position.take(NOW));
        }
        Map<String, Checkpoint> next = Map.of("1", Checkpoint.after("200"));
        running.save(ARN, next, next.keySet()); // still its own
        running.close();
        assertEquals(next, stored());
    }

    @Test
    void ofAnInstanceThatHasJustStartedThePositionIsWaitedFor() {
        FileCheckpointStore starting = store();
        starting.open();
        List<Duration> pauses = new ArrayList<>();
        try (RoutePosition position = position(StartPosition.FROM_LATEST, pause -> {
            pauses.add(pause);
            if (pauses.size() == 3) {
                Map<String, Checkpoint> its = Map.of("1", Checkpoint.latest(NOW));
                starting.save(ARN, its, its.keySet());
            }
        })) {
            assertEquals(State.RUNNING, position.take(NOW).state());
        }
        assertEquals(3, pauses.size());
        starting.close();
    }

    @Test
    void oneThatNeverStoresItIsAProblemUnlessItBeginsAtTheOldestRecord() {
        FileCheckpointStore starting = store();
        starting.open();
        List<Duration> pauses = new ArrayList<>();
        try (RoutePosition position = position(StartPosition.FROM_LATEST, pauses::add)) {
            CheckpointException stuck = assertThrows(CheckpointException.class, () -> position.take(NOW));
            assertFalse(stuck.isRetryable());
            assertTrue(pauses.size() > 100, "for a minute");
        }
        try (RoutePosition position = position(StartPosition.FROM_START, pauses::add)) {
            assertEquals(State.RUNNING, position.take(NOW).state());
        }
        starting.close();
    }
}
