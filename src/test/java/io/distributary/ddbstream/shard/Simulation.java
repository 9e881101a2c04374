package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.event.ChangeEvent;
import software.amazon.awssdk.services.dynamodb.model.Record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * An engine on a scripted stream, store and route, with checks that hold at every moment: no two records of an item in
 * flight together, no checkpoint past a record that is not acknowledged, no record repeated that was checkpointed.
 */
final class Simulation implements RecordHandler {
    private static final Instant BEGIN = Instant.parse("2026-01-02T00:00:00Z");

    final FakeTable table = new FakeTable(() -> this.runtime.now());
    /** The table's first stream. */
    final FakeStream stream = table.current();
    final MemoryCheckpoints checkpoints = new MemoryCheckpoints();
    /** Values of n by item, in the order they were delivered. */
    final Map<String, List<Integer>> delivered = new LinkedHashMap<>();
    final List<String> sequence = new ArrayList<>();
    final Set<String> acknowledged = new HashSet<>();
    private final Set<String> itemsInFlight = new HashSet<>();
    private final Set<String> checkpointedAtStart = new HashSet<>();
    private final long seed;

    StartPosition start = StartPosition.FROM_START;
    Instant startTimestamp;
    GapPolicy gapPolicy = GapPolicy.FAIL;
    int maxInFlight = 16;
    int maxResultsPerRequest = 10;
    /** Calls back with null or a failure, at once or later. */
    RouteScript route = (event, done) -> done.accept(null);
    SimulatedRuntime runtime;
    LocalEngine engine;
    /** True when the first start comes before the first write, so that nothing may be skipped. */
    boolean nothingWrittenBefore;
    private int generation;

    /** What the route does with a record. */
    @FunctionalInterface
    interface RouteScript {
        void process(ChangeEvent event, Consumer<Throwable> done);
    }

    Simulation(long seed) {
        this.seed = seed;
        this.runtime = new SimulatedRuntime(seed, 8, BEGIN);
        checkpoints.onSave = this::checkCheckpoints;
    }

    void start() {
        runtime = new SimulatedRuntime(seed + ++generation, 8, runtime.now());
        itemsInFlight.clear();
        checkpointedAtStart.clear();
        checkpointedAtStart.addAll(covered());
        engine = new LocalEngine("orders", settings(), runtime, table, table, checkpoints, this);
        engine.start();
    }

    private EngineSettings settings() {
        return new EngineSettings("test", start, startTimestamp, maxResultsPerRequest, maxInFlight, 5_000, Duration.ZERO, Duration.ofMillis(50),
                Duration.ofMillis(250), Duration.ofSeconds(10), Duration.ofSeconds(1), gapPolicy);
    }

    /** As kill -9: nothing of the engine runs any more. */
    void crash() {
        checkpoints.abandon();
        engine = null;
    }

    void stop() {
        engine.stop();
        engine = null;
    }

    void runFor(Duration time) {
        runtime.runFor(time);
    }

    @Override
    public void handle(ChangeEvent event, Consumer<Throwable> done) {
        String item = event.keys().get("pk").s();
        int running = generation;
        assertTrue(itemsInFlight.add(item), () -> "two records of " + item + " in flight together");
        assertTrue(!checkpointedAtStart.contains(event.sequenceNumber()),
                () -> "record " + event.sequenceNumber() + " repeated although it was checkpointed");
        delivered.computeIfAbsent(item, key -> new ArrayList<>()).add(Integer.parseInt(event.newImage().get("n").n()));
        sequence.add(event.source().shardId() + ":" + event.sequenceNumber());
        route.process(event, failure -> {
            if (running != generation) {
                return; // the process that made this call is dead
            }
            itemsInFlight.remove(item);
            if (failure == null) {
                acknowledged.add(event.sequenceNumber());
            }
            done.accept(failure);
        });
    }

    /** Every item's changes from 1 to its count, in order, once the repeats are taken out. */
    void assertAllDeliveredInOrder(Map<String, Integer> written) {
        written.forEach((item, count) -> {
            int last = 0;
            for (int n : delivered.getOrDefault(item, List.of())) {
                assertTrue(n <= last + 1, () -> item + " out of order: " + delivered.get(item));
                last = Math.max(last, n);
            }
            assertEquals(count, last, item + " of " + delivered.get(item));
        });
    }

    private void checkCheckpoints() {
        if (start == StartPosition.FROM_START || nothingWrittenBefore) {
            for (String sequenceNumber : covered()) {
                assertTrue(acknowledged.contains(sequenceNumber),
                        () -> "checkpoint past record " + sequenceNumber + ", which is not acknowledged");
            }
        }
    }

    /** The records that the stored checkpoints count as processed. */
    private Set<String> covered() {
        Set<String> covered = new HashSet<>();
        table.streams().forEach(each -> covered.addAll(covered(each)));
        return covered;
    }

    private Set<String> covered(FakeStream of) {
        Set<String> covered = new HashSet<>();
        checkpoints.stored().forEach((shardId, checkpoint) -> {
            for (Record record : of.records(shardId)) {
                String sequenceNumber = record.dynamodb().sequenceNumber();
                if (checkpoint.isShardEnd() || checkpoint.position() == Checkpoint.Position.AFTER_SEQUENCE_NUMBER
                        && Long.parseLong(sequenceNumber) <= Long.parseLong(checkpoint.sequenceNumber())) {
                    covered.add(sequenceNumber);
                }
            }
        });
        return covered;
    }
}
