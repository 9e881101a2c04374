package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.distributary.LogLines;
import io.distributary.event.BatchItemFailuresException;
import io.distributary.event.ChangeEvent;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** When an engine's batches go and what becomes of one that fails, on a scripted stream. */
class LocalEngineBatchTest {
    private static final Duration POLLED = Duration.ofMillis(600);

    private final Simulation sim = new Simulation(1);
    private final FakeStream stream = sim.stream;
    private final String shard = stream.addShard(null);

    @Test
    void withoutAWindowABatchGoesAtOnceAndNeverHoldsAnItemTwice() {
        batches(10, 0);
        putEach(5);
        stream.put("item1", 2);
        sim.start();
        sim.runFor(POLLED);
        assertEquals(List.of(5, 1), sizes());
    }

    @Test
    void aBatchThatIsNotFullWaitsForItsWindowAndAFullOneDoesNot() {
        batches(10, 5_000);
        sim.start();
        putEach(3);
        sim.runFor(Duration.ofSeconds(4));
        assertEquals(List.of(), sizes());
        sim.runFor(Duration.ofSeconds(2));
        assertEquals(List.of(3), sizes());
        IntStream.range(10, 20).forEach(n -> stream.put("item" + n, 1));
        sim.runFor(POLLED);
        assertEquals(List.of(3, 10), sizes());
    }

    @Test
    void theRecordsOfABusyItemDoNotWaitForAWindowEach() {
        batches(10, 10_000);
        for (int n = 1; n <= 8; n++) {
            stream.put("busy", n);
        }
        sim.start();
        sim.runFor(Duration.ofSeconds(11));
        sim.assertAllDeliveredInOrder(Map.of("busy", 8));
        assertEquals(8, sim.batches.size());
    }

    @Test
    void nothingWaitsAtTheEndOfAShardOrInAFullWindow() {
        batches(10, 300_000);
        stream.put("first", 1);
        stream.close(shard, 0);
        String next = stream.addShard(null);
        for (int n = 1; n <= 16; n++) { // maxInFlight
            stream.put(next, "busy", n);
        }
        sim.start();
        sim.runFor(Duration.ofSeconds(10));
        assertEquals(17, sim.acknowledged.size());
    }

    @Test
    void aBadRecordIsFoundBySplittingAndTheOthersDoNotWaitForIt() {
        sim.maxInFlight = 100;
        sim.maxResultsPerRequest = 100;
        batches(100, 0);
        putEach(100);
        Map<Integer, Integer> failed = new HashMap<>();
        sim.batchRoute = (events, done) -> {
            boolean bad = holds(events, "item37");
            if (bad) {
                failed.merge(events.size(), 1, Integer::sum);
            }
            done.accept(bad ? all(events) : Simulation.Outcome.SUCCESS);
        };
        try (LogLines log = LogLines.of(DeliveryLog.class.getName())) {
            sim.start();
            sim.runFor(Duration.ofSeconds(10));
            assertEquals(99, sim.acknowledged.size());
            assertEquals(Map.of(100, 1, 50, 1, 25, 1, 13, 1, 6, 1, 3, 1), without(failed, 1));
            assertTrue(failed.get(1) > 2, failed.toString());
            assertEquals(2, log.lines().size(), log.lines().toString());
            assertTrue(log.lines().get(0).startsWith("WARN Table orders, shard " + shard + ": a batch of 100 records from 95 on was"
                    + " not delivered and is split"), log.lines().get(0));
            assertTrue(log.lines().get(1).startsWith("WARN Table orders, shard " + shard + ": record 132 was not delivered"),
                    log.lines().get(1));
        }
    }

    @Test
    void onlyTheRecordsThatAReportNamesAreDeliveredAgain() {
        batches(10, 0);
        putEach(10);
        sim.batchRoute = (events, done) -> done.accept(events.size() == 10 ? named("96", "e99") : Simulation.Outcome.SUCCESS);
        sim.start();
        sim.runFor(Duration.ofSeconds(5));
        assertEquals(List.of(10, 2), sizes());
        assertEquals(List.of("96", "99"), sim.batches.get(1).stream().map(ChangeEvent::sequenceNumber).toList());
        assertEquals(10, sim.acknowledged.size());
    }

    @Test
    void aReportThatNamesAStrangerFailsTheWholeBatchAndSaysSo() {
        batches(10, 0);
        putEach(10);
        sim.batchRoute = (events, done) -> done.accept(events.size() < 10 ? Simulation.Outcome.SUCCESS
                : new Simulation.Outcome(numbers(events), false, named("96", "stranger").failure()));
        try (LogLines log = LogLines.of(DeliveryLog.class.getName())) {
            sim.start();
            sim.runFor(Duration.ofSeconds(5));
            assertEquals(List.of(10, 5, 5), sizes());
            assertEquals(1, log.lines().size(), log.lines().toString());
            assertTrue(log.lines().get(0).endsWith("names stranger, which is not in the batch"), log.lines().get(0));
        }
    }

    @Test
    void aRecordGivenUpKeepsItsLaneUntilTheDeadLettersHaveIt() {
        sim.retryLimits = new RetryLimits(3, Duration.ZERO);
        stream.put("a", 1);
        stream.put("a", 2);
        stream.put("b", 1);
        sim.route = (event, done) -> done.accept(event.sequenceNumber().equals("95") ? new Exception("poison") : null);
        boolean[] storing = {false};
        sim.deadLetterRoute = (event, done) -> done.accept(storing[0] ? null : new Exception("queue away"));
        try (LogLines log = LogLines.of(DeliveryLog.class.getName())) {
            sim.start();
            sim.runFor(Duration.ofMinutes(2));
            assertEquals(List.of(1, 1, 1), sim.delivered.get("a"));
            assertEquals(Set.of("97"), sim.acknowledged);
            storing[0] = true;
            sim.runFor(Duration.ofMinutes(1));
            assertEquals(Set.of("95"), sim.deadLetters);
            assertEquals(List.of(1, 1, 1, 2), sim.delivered.get("a"));
            assertEquals(3 + 1, log.lines().size(), log.lines().toString());
            assertTrue(log.lines().get(1).contains("record 95 is given up after 3 attempts and goes to deadLetterUri: Exception: poison"),
                    log.lines().get(1));
            assertTrue(log.lines().get(2).contains("record 95 was not taken by deadLetterUri"), log.lines().get(2));
            assertTrue(log.lines().get(3).startsWith("INFO"), log.lines().get(3));
        }
        sim.assertAllDeliveredInOrder(Map.of("a", 2, "b", 1));
    }

    @Test
    void anOldRecordIsGivenUpOnlyWhenItFails() {
        sim.retryLimits = new RetryLimits(0, Duration.ofMinutes(5));
        stream.put("good", 1);
        stream.put("bad", 1);
        sim.runtime.advance(Duration.ofMinutes(10));
        stream.put("young", 1);
        sim.route = (event, done) -> done.accept(event.itemKey().equals("good") ? null : new Exception("refused"));
        sim.start();
        sim.runFor(Duration.ofMinutes(1));
        assertEquals(Set.of("96"), sim.deadLetters);
        assertEquals(Set.of("95", "96"), sim.acknowledged);
        sim.runFor(Duration.ofMinutes(6));
        assertEquals(Set.of("96", "97"), sim.deadLetters);
        sim.assertAllDeliveredInOrder(Map.of());
    }

    private void batches(int size, long windowMillis) {
        sim.batching = new Batching(true, size, Duration.ofMillis(windowMillis));
    }

    private void putEach(int items) {
        IntStream.range(0, items).forEach(n -> stream.put("item" + n, 1));
    }

    private List<Integer> sizes() {
        return sim.batches.stream().map(List::size).toList();
    }

    private static boolean holds(List<ChangeEvent> events, String item) {
        return events.stream().anyMatch(event -> event.itemKey().equals(item));
    }

    private static Simulation.Outcome all(List<ChangeEvent> events) {
        return new Simulation.Outcome(numbers(events), false, new Exception("refused"));
    }

    private static Simulation.Outcome named(String... ids) {
        Map<String, Throwable> failures = new LinkedHashMap<>();
        for (String id : ids) {
            failures.put(id, null);
        }
        return new Simulation.Outcome(failures.keySet().stream().map(id -> id.replace("e", "")).collect(Collectors.toSet()), true,
                new RuntimeException(new BatchItemFailuresException(failures)));
    }

    private static Set<String> numbers(List<ChangeEvent> events) {
        return events.stream().map(ChangeEvent::sequenceNumber).collect(Collectors.toSet());
    }

    private static Map<Integer, Integer> without(Map<Integer, Integer> counts, int key) {
        Map<Integer, Integer> others = new HashMap<>(counts);
        others.remove(key);
        return others;
    }
}
