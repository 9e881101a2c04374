package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What an engine does about crashes, failing records, calls and stores, on a scripted stream. */
class LocalEngineRecoveryTest {
    private final Simulation sim = new Simulation(1);
    private final FakeStream stream = sim.stream;

    @Test
    void aCrashRepeatsOnlyWhatWasNotCheckpointed() {
        stream.addShard(null);
        for (int n = 1; n <= 30; n++) {
            stream.put("a", n);
        }
        sim.start();
        sim.runFor(Duration.ofSeconds(3));
        for (int n = 31; n <= 33; n++) {
            stream.put("a", n);
        }
        sim.runFor(Duration.ofMillis(300));
        sim.crash();
        for (int n = 34; n <= 40; n++) {
            stream.put("a", n);
        }
        sim.start();
        sim.runFor(Duration.ofSeconds(3));
        sim.assertAllDeliveredInOrder(Map.of("a", 40));
        assertTrue(sim.delivered.get("a").size() <= 43, sim.delivered.toString());
    }

    @Test
    void anOrderlyStopRepeatsNothing() {
        stream.addShard(null);
        for (int n = 1; n <= 30; n++) {
            stream.put("a", n);
        }
        sim.start();
        sim.runFor(Duration.ofMillis(200));
        sim.stop();
        sim.start();
        sim.runFor(Duration.ofSeconds(3));
        assertEquals(30, sim.delivered.get("a").size());
    }

    @Test
    void aFailingRecordPinsTheCheckpointWhileOtherItemsGoOnUpToTheWindow() {
        stream.addShard(null);
        String first = stream.put("ok", 1);
        stream.put("bad", 1);
        for (int n = 2; n <= 40; n++) {
            stream.put("ok", n);
        }
        stream.put("bad", 2);
        boolean[] healed = {false};
        sim.route = (event, done) -> done.accept(!healed[0] && event.itemKey().equals("bad") ? new Exception("no") : null);
        sim.start();
        sim.runFor(Duration.ofMinutes(5));
        assertEquals(first, sim.checkpoints.stored().values().iterator().next().sequenceNumber());
        assertEquals(16, sim.delivered.get("ok").get(sim.delivered.get("ok").size() - 1), "1 before, 15 in the window after it");
        int attempts = sim.delivered.get("bad").size();
        assertTrue(attempts > 8 && attempts < 30, "attempts with back-off: " + attempts);
        assertEquals(1, sim.engine.status().shards().get(0).failing());
        healed[0] = true;
        sim.runFor(Duration.ofSeconds(40));
        sim.assertAllDeliveredInOrder(Map.of("ok", 40, "bad", 2));
        assertEquals(0, sim.engine.status().shards().get(0).failing());
    }

    @Test
    void anIteratorThatExpiresBeforeTheFirstRecordLosesNothing() {
        sim.start = StartPosition.FROM_LATEST;
        stream.addShard(null);
        sim.runtime.advance(Duration.ofHours(1));
        stream.put("old", 1);
        sim.runtime.advance(Duration.ofHours(1));
        sim.start();
        sim.engine.suspend();
        stream.put("a", 1);
        sim.runFor(Duration.ofMinutes(20));
        sim.engine.resume();
        sim.runFor(Duration.ofSeconds(5));
        assertEquals(Map.of("a", List.of(1)), sim.delivered);
    }

    @Test
    void aCrashBeforeTheFirstRecordAfterFromLatestLosesNothing() {
        sim.start = StartPosition.FROM_LATEST;
        stream.addShard(null);
        stream.put("old", 1);
        sim.runtime.advance(Duration.ofHours(1));
        sim.start();
        sim.crash();
        stream.put("a", 1);
        sim.runtime.advance(Duration.ofHours(2));
        sim.start();
        sim.runFor(Duration.ofSeconds(5));
        assertEquals(Map.of("a", List.of(1)), sim.delivered);
    }

    @Test
    void fromLatestWithoutAnIteratorAtStartSkipsTheOldAndDeliversTheNew() {
        sim.start = StartPosition.FROM_LATEST;
        stream.addShard(null);
        stream.put("old", 1);
        sim.runtime.advance(Duration.ofHours(1));
        AtomicInteger refusals = new AtomicInteger(1);
        stream.fault = (call, shardId) -> {
            if (call.equals("getShardIterator") && refusals.getAndDecrement() > 0) {
                throw FakeStream.error(LimitExceededException.builder(), "LimitExceededException");
            }
        };
        sim.start();
        stream.put("a", 1);
        sim.runFor(Duration.ofSeconds(5));
        assertEquals(Map.of("a", List.of(1)), sim.delivered);
    }

    @Test
    void throttlingAndServerErrorsAreWaitedOut() {
        stream.addShard(null);
        stream.put("a", 1);
        AtomicInteger calls = new AtomicInteger();
        stream.fault = (call, shardId) -> {
            int n = calls.incrementAndGet();
            if (n <= 12) {
                throw n % 2 == 0 ? FakeStream.error(LimitExceededException.builder(), "LimitExceededException")
                        : FakeStream.error(InternalServerErrorException.builder(), "InternalServerError");
            }
        };
        sim.start();
        assertEquals(EngineStatus.State.CONNECTING, sim.engine.status().state());
        assertTrue(sim.engine.status().problem().contains("InternalServerError"), sim.engine.status().problem());
        sim.runFor(Duration.ofMinutes(3));
        sim.assertAllDeliveredInOrder(Map.of("a", 1));
        assertEquals(EngineStatus.State.RUNNING, sim.engine.status().state());
        assertNull(sim.engine.status().problem());
    }

    @Test
    void aStoreThatFailsStopsTheCheckpointAndNothingElse() {
        stream.addShard(null);
        stream.put("a", 1);
        sim.start();
        sim.runFor(Duration.ofSeconds(3));
        sim.checkpoints.failing = true;
        String second = stream.put("a", 2);
        sim.runFor(Duration.ofSeconds(3));
        sim.assertAllDeliveredInOrder(Map.of("a", 2));
        assertEquals(EngineStatus.State.RETRYING, sim.engine.status().state());
        sim.checkpoints.failing = false;
        sim.runFor(Duration.ofSeconds(3));
        assertEquals(second, sim.checkpoints.stored().values().iterator().next().sequenceNumber());
        assertEquals(EngineStatus.State.RUNNING, sim.engine.status().state());
    }

    @Test
    void completionsOnTheCallersThreadDoNotGrowTheStack() {
        sim.maxInFlight = 20_000;
        sim.maxResultsPerRequest = 1000;
        stream.addShard(null);
        for (int n = 1; n <= 20_000; n++) {
            stream.put("a", n);
        }
        sim.start();
        sim.runFor(Duration.ofMinutes(1));
        sim.assertAllDeliveredInOrder(Map.of("a", 20_000));
    }

    @Test
    void aRouteThatCompletesTwiceIsCountedOnce() {
        stream.addShard(null);
        List<Consumer<Throwable>> held = new ArrayList<>();
        sim.route = (event, done) -> held.add(done);
        stream.put("a", 1);
        stream.put("a", 2);
        sim.start();
        sim.runFor(Duration.ofSeconds(1));
        Consumer<Throwable> first = held.get(0);
        first.accept(null);
        sim.runFor(Duration.ofSeconds(1));
        first.accept(new Exception("late"));
        assertEquals(1, sim.engine.inFlight());
    }

    @Test
    void checkpointsInUseElsewhereFailTheStart() {
        sim.checkpoints.open();
        assertThrows(RuntimeException.class, sim::start);
    }
}
