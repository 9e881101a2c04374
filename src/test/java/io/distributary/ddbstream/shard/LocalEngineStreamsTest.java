package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A table's stream switched off and on again, on scripted streams. */
class LocalEngineStreamsTest {
    private final Simulation sim = new Simulation(1);
    private final FakeTable table = sim.table;
    private int written;

    @Test
    void theNextStreamIsReadFromItsBeginningWithoutARestart() {
        sim.start = StartPosition.FROM_LATEST;
        sim.stream.addShard(null);
        sim.start();
        put(20);
        table.nextStream();
        put(20);
        sim.runFor(Duration.ofSeconds(30));
        assertDelivered();
        assertEquals(EngineStatus.State.RUNNING, sim.engine.status().state());
        assertTrue(sim.engine.status().streamArn().endsWith("2026-01-02T00:00:01.000"));
    }

    @Test
    void theNextStreamStartsOnlyWhenTheLastRecordOfTheOldOneIsAcknowledged() {
        sim.stream.addShard(null);
        List<Runnable> held = new ArrayList<>();
        sim.route = (event, done) -> {
            if (held.isEmpty() && event.itemKey().equals("slow")) {
                held.add(() -> done.accept(null));
            } else {
                done.accept(null);
            }
        };
        sim.start();
        sim.stream.put("slow", 1);
        table.nextStream();
        put(5);
        sim.runFor(Duration.ofMinutes(5));
        assertEquals(Map.of("slow", List.of(1)), sim.delivered);
        held.get(0).run();
        sim.runFor(Duration.ofSeconds(30));
        assertDelivered();
    }

    @Test
    void aStreamSwitchedOffAndOnWhileTheApplicationWasDownIsDrainedFirst() {
        sim.stream.addShard(null);
        sim.start();
        put(5);
        sim.runFor(Duration.ofSeconds(3));
        sim.crash();
        put(5);
        table.nextStream();
        put(5);
        sim.start();
        sim.runFor(Duration.ofSeconds(30));
        assertDelivered();
    }

    @Test
    void aStreamThatCameAndWentInBetweenIsReadToo() {
        sim.stream.addShard(null);
        sim.start();
        put(5);
        sim.runFor(Duration.ofSeconds(3));
        sim.stop();
        for (int i = 0; i < 3; i++) {
            table.nextStream();
            put(5);
        }
        sim.start();
        sim.runFor(Duration.ofMinutes(1));
        assertDelivered();
    }

    @Test
    void aRestartDuringTheNextStreamNeverGoesBack() {
        sim.stream.addShard(null);
        sim.start();
        put(5);
        table.nextStream();
        put(5);
        sim.runFor(Duration.ofSeconds(30));
        sim.stop();
        int before = sim.sequence.size();
        sim.start();
        put(5);
        sim.runFor(Duration.ofSeconds(30));
        assertDelivered();
        assertEquals(before + 5, sim.sequence.size(), "nothing repeated");
    }

    @Test
    void aStreamThatStaysOffIsReportedUntilItIsSwitchedOn() {
        sim.stream.addShard(null);
        sim.start();
        put(5);
        table.current().disable();
        sim.runFor(Duration.ofMinutes(10));
        assertDelivered();
        assertEquals(EngineStatus.State.FAILED, sim.engine.status().state());
        assertEquals("switched off", sim.engine.status().problem());
        table.nextStream();
        put(5);
        sim.runFor(Duration.ofSeconds(30));
        assertDelivered();
        assertEquals(EngineStatus.State.RUNNING, sim.engine.status().state());
        assertNull(sim.engine.status().problem());
    }

    @Test
    void aShardThatAListingLacksIsNotForgottenAtTheEndOfItsStream() {
        String parent = sim.stream.addShard(null);
        sim.start();
        put(5);
        String child = sim.stream.close(parent, 1).get(0);
        sim.stream.setListed(child, false);
        put(5);
        table.nextStream();
        put(5);
        sim.runFor(Duration.ofMillis(2500));
        sim.stream.setListed(child, true);
        sim.runFor(Duration.ofSeconds(30));
        assertDelivered();
    }

    @Test
    void aStreamThatVanishedUnreadIsAGap() {
        vanished();
        assertEquals(5, sim.delivered.get("a").size());
        assertEquals(EngineStatus.State.FAILED, sim.engine.status().state());
        assertTrue(sim.engine.status().problem().contains("onGap=continue"), sim.engine.status().problem());
    }

    @Test
    void aStreamThatVanishedUnreadIsPassedOverWhenToldTo() {
        sim.gapPolicy = GapPolicy.CONTINUE;
        vanished();
        assertEquals(List.of(1, 2, 3, 4, 5, 11, 12, 13, 14, 15), sim.delivered.get("a"));
        assertEquals(EngineStatus.State.RUNNING, sim.engine.status().state());
    }

    private void vanished() {
        sim.stream.addShard(null);
        sim.start();
        put(5);
        sim.runFor(Duration.ofSeconds(3));
        sim.stop();
        put(5);
        FakeStream old = table.current();
        table.nextStream();
        old.vanish();
        put(5);
        sim.start();
        sim.runFor(Duration.ofMinutes(1));
    }

    @Test
    void aStoreThatFailsAtTheSwitchLosesNothing() {
        sim.stream.addShard(null);
        sim.start();
        put(5);
        sim.runFor(Duration.ofSeconds(3));
        sim.checkpoints.failing = true;
        put(5);
        table.nextStream();
        put(5);
        sim.runFor(Duration.ofMinutes(1));
        assertEquals(EngineStatus.State.RETRYING, sim.engine.status().state());
        sim.checkpoints.failing = false;
        sim.runFor(Duration.ofMinutes(1));
        assertDelivered();
        assertEquals(EngineStatus.State.RUNNING, sim.engine.status().state());
    }

    private void put(int changes) {
        for (int i = 0; i < changes; i++) {
            table.current().put("a", ++written);
        }
    }

    private void assertDelivered() {
        Map<String, Integer> expected = new HashMap<>();
        expected.put("a", written);
        sim.assertAllDeliveredInOrder(expected);
    }
}
