package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.event.ChangeEvent;
import io.distributary.event.FailedAttempts;
import software.amazon.awssdk.services.dynamodb.model.Record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * An engine on a scripted stream, store and route, with checks that hold at every moment: no two records of an item in
 * flight together, no checkpoint past a record that is not acknowledged, no record repeated that was checkpointed or that
 * the same process had acknowledged, one reader of each shard.
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
    final Set<String> acknowledgedSinceStart = new HashSet<>();
    /** Kept for the end: the engine takes what a handler throws for a failed delivery. */
    private final List<String> violations = new ArrayList<>();
    private final long seed;

    StartPosition start = StartPosition.FROM_START;
    Instant startTimestamp;
    GapPolicy gapPolicy = GapPolicy.FAIL;
    int maxInFlight = 16;
    int maxResultsPerRequest = 10;
    Duration shardRefreshInterval = Duration.ofSeconds(10);
    Duration checkpointInterval = Duration.ofSeconds(1);
    /** Calls back with null or a failure, at once or later. */
    RouteScript route = (event, done) -> done.accept(null);
    BatchScript batchRoute = (events, done) -> done.accept(Outcome.SUCCESS);
    RouteScript deadLetterRoute = (event, done) -> done.accept(null);
    Batching batching = Batching.OFF;
    OrderBy orderBy = OrderBy.ITEM;
    RetryLimits retryLimits = RetryLimits.NONE;
    final List<List<ChangeEvent>> batches = new ArrayList<>();
    /** Sequence numbers. */
    final Set<String> deadLetters = new HashSet<>();
    /** By sequence number, since the last start: failures of a record alone or named by a report. */
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Integer> batchesInFlight = new HashMap<>();
    SimulatedRuntime runtime;
    LocalEngine engine;
    /** True when the first start comes before the first write, so that nothing may be skipped. */
    boolean nothingWrittenBefore;
    EngineListener listener = EngineListener.NONE;
    private int generation;

    /** What the route does with a record. */
    @FunctionalInterface
    interface RouteScript {
        void process(ChangeEvent event, Consumer<Throwable> done);
    }

    /** What the route does with a batch. */
    @FunctionalInterface
    interface BatchScript {
        void process(List<ChangeEvent> events, Consumer<Outcome> done);
    }

    /**
     * What became of a batch.
     *
     * @param failed  sequence numbers
     * @param named   whether the failure names them
     * @param failure as the handler tells it
     */
    record Outcome(Set<String> failed, boolean named, Throwable failure) {
        static final Outcome SUCCESS = new Outcome(Set.of(), false, null);
    }

    Simulation(long seed) {
        this.seed = seed;
        this.runtime = new SimulatedRuntime(seed, 8, BEGIN);
        checkpoints.onSave = this::checkCheckpoints;
    }

    void start() {
        runtime = new SimulatedRuntime(seed + ++generation, 8, runtime.now());
        itemsInFlight.clear();
        failures.clear();
        batchesInFlight.clear();
        acknowledgedSinceStart.clear();
        checkpointedAtStart.clear();
        checkpointedAtStart.addAll(covered());
        engine = new LocalEngine("orders", settings(), runtime, table, table, checkpoints, this, listener);
        engine.start();
    }

    private EngineSettings settings() {
        return new EngineSettings("test", start, startTimestamp, maxResultsPerRequest, maxInFlight, 5_000, Duration.ZERO,
                Duration.ofMillis(50), Duration.ofMillis(250), shardRefreshInterval, checkpointInterval, gapPolicy,
                batching, orderBy, retryLimits);
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
        int running = generation;
        begin(event);
        route.process(event, failure -> {
            if (running == generation) { // else the process that made this call is dead
                end(event, failure != null, true);
                done.accept(failure);
            }
        });
    }

    @Override
    public void handle(List<ChangeEvent> events, Consumer<Throwable> done) {
        int running = generation;
        String shardId = events.get(0).source().shardId();
        List<Long> order = events.stream().map(event -> Long.parseLong(event.sequenceNumber())).toList();
        check(events.size() <= batching.size(), () -> "a batch of " + events.size());
        check(order.equals(order.stream().sorted().toList()), () -> "a batch in the order " + order);
        check(events.stream().allMatch(event -> event.source().shardId().equals(shardId)), () -> "a batch of several shards");
        check(batchesInFlight.merge(shardId, 1, Integer::sum) <= runtime.workersPerShard(), () -> "more batches than workers");
        batches.add(events);
        events.forEach(this::begin);
        batchRoute.process(events, outcome -> {
            if (running == generation) {
                batchesInFlight.merge(shardId, -1, Integer::sum);
                events.forEach(event -> end(event, outcome.failed().contains(event.sequenceNumber()),
                        outcome.named() || events.size() == 1));
                done.accept(outcome.failure());
            }
        });
    }

    @Override
    public void deadLetter(ChangeEvent event, FailedAttempts failed, Throwable reason, Consumer<Throwable> done) {
        int running = generation;
        String item = event.keys().get("pk").s();
        check(itemsInFlight.add(item), () -> "a dead letter of " + item + " in flight together with another record of it");
        check(reason != null && failed.count() == failures.getOrDefault(event.sequenceNumber(), 0), () -> "a dead letter after "
                + failed + " of " + failures.get(event.sequenceNumber()) + " failures because of " + reason);
        check(givenUp(event) || retryLimits.maxRecordAge().toMillis() > 0 && event.approximateCreationDateTime()
                .plus(retryLimits.maxRecordAge()).isBefore(runtime.now()), () -> event + " given up too early: " + failed);
        deadLetterRoute.process(event, failure -> {
            if (running == generation) {
                itemsInFlight.remove(item);
                if (failure == null) {
                    acknowledged.add(event.sequenceNumber());
                    acknowledgedSinceStart.add(event.sequenceNumber());
                    deadLetters.add(event.sequenceNumber());
                }
                done.accept(failure);
            }
        });
    }

    private void begin(ChangeEvent event) {
        String item = event.keys().get("pk").s();
        check(itemsInFlight.add(item), () -> "two records of " + item + " in flight together");
        check(!checkpointedAtStart.contains(event.sequenceNumber()),
                () -> "record " + event.sequenceNumber() + " repeated although it was checkpointed");
        check(!givenUp(event), () -> "record " + event.sequenceNumber() + " tried again although it was given up");
        delivered.computeIfAbsent(item, key -> new ArrayList<>()).add(Integer.parseInt(event.newImage().get("n").n()));
        check(!acknowledgedSinceStart.contains(event.sequenceNumber()),
                () -> "record " + event.sequenceNumber() + " repeated although it was acknowledged in the same run");
        sequence.add(event.source().shardId() + ":" + event.sequenceNumber());
    }

    private void end(ChangeEvent event, boolean failed, boolean single) {
        itemsInFlight.remove(event.keys().get("pk").s());
        if (!failed) {
            acknowledged.add(event.sequenceNumber());
            acknowledgedSinceStart.add(event.sequenceNumber());
        } else if (single) {
            failures.merge(event.sequenceNumber(), 1, Integer::sum);
        }
    }

    private boolean givenUp(ChangeEvent event) {
        return retryLimits.maxAttempts() > 0 && failures.getOrDefault(event.sequenceNumber(), 0) >= retryLimits.maxAttempts();
    }

    private void check(boolean holds, Supplier<String> violation) {
        if (!holds) {
            violations.add(violation.get());
        }
    }

    /** True when every record has been acknowledged that the retention has not overtaken. */
    boolean allAcknowledged() {
        return table.written() == acknowledged.size() + trimmed()
                .filter(record -> !acknowledged.contains(record.dynamodb().sequenceNumber())).count();
    }

    private Stream<Record> trimmed() {
        return table.streams().stream().flatMap(each -> each.trimmed().stream());
    }

    /** Every item's changes from 1 to its count, in order, once the repeats and what was trimmed unread are taken out. */
    void assertAllDeliveredInOrder(Map<String, Integer> written) {
        assertEquals(List.of(), violations);
        table.streams().forEach(each -> assertTrue(each.mostReaders() <= 1,
                () -> each.mostReaders() + " readers of one shard at the same time"));
        Map<String, Set<Integer>> trimmed = new HashMap<>();
        trimmed().forEach(record -> trimmed.computeIfAbsent(record.dynamodb().keys().get("pk").s(), item -> new HashSet<>())
                .add(Integer.parseInt(record.dynamodb().newImage().get("n").n())));
        written.forEach((item, count) -> {
            Set<Integer> gone = trimmed.getOrDefault(item, Set.of());
            int last = 0;
            for (int n : delivered.getOrDefault(item, List.of())) {
                last = n <= last ? last : skip(gone, last, n);
                assertTrue(n <= last + 1, () -> item + " out of order: " + delivered.get(item));
                last = Math.max(last, n);
            }
            assertEquals(count, skip(gone, last, count + 1), item + " of " + delivered.get(item));
        });
    }

    /** The last change before {@code next} that may be missing right after {@code last}. */
    private static int skip(Set<Integer> gone, int last, int next) {
        int skipped = last;
        while (skipped + 1 < next && gone.contains(skipped + 1)) {
            skipped++;
        }
        return skipped;
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
        checkpoints.stored().forEach((shardId, checkpoint) -> {
            for (FakeStream each : table.streams()) {
                List<Record> records = each.records(shardId);
                records.subList(0, covered(records, checkpoint)).forEach(record -> covered.add(record.dynamodb().sequenceNumber()));
            }
        });
        return covered;
    }

    /** How many of a shard's records, from its oldest that is left, the stored checkpoint counts as processed. */
    int covered(FakeStream of, String shardId) {
        return covered(of.records(shardId), checkpoints.stored().get(shardId));
    }

    private static int covered(List<Record> records, Checkpoint checkpoint) {
        if (checkpoint == null || checkpoint.isShardEnd()) {
            return checkpoint == null ? 0 : records.size();
        }
        return checkpoint.sequenceNumber() == null ? 0 : (int) records.stream().takeWhile(record ->
                Long.parseLong(record.dynamodb().sequenceNumber()) <= Long.parseLong(checkpoint.sequenceNumber())).count();
    }
}
