package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Records that the stream no longer holds when they are to be read, on a scripted stream. */
class LocalEngineGapsTest {
    private final Simulation sim = new Simulation(1);
    private final FakeStream stream = sim.stream;

    @Test
    void recordsTrimmedUnreadStopTheShardVisibly() {
        String shard = gap();
        stream.close(shard, 1);
        stream.put("a", 31);
        sim.runFor(Duration.ofSeconds(30));
        assertEquals(Map.of("a", 10), lastDelivered());
        assertEquals(EngineStatus.State.FAILED, sim.engine.status().state());
        assertTrue(sim.engine.status().problem().contains(shard), sim.engine.status().problem());
        assertTrue(sim.engine.status().problem().contains("onGap=continue"), sim.engine.status().problem());
    }

    @Test
    void recordsTrimmedUnreadArePassedOverWhenToldTo() {
        sim.gapPolicy = GapPolicy.CONTINUE;
        gap();
        sim.runFor(Duration.ofSeconds(30));
        assertEquals(Map.of("a", 30), lastDelivered());
        assertFalse(sim.delivered.get("a").contains(15));
        assertEquals(EngineStatus.State.RUNNING, sim.engine.status().state());
    }

    /** No call tells: without a sequence number there is nothing to ask for. */
    @ParameterizedTest
    @EnumSource(names = {"FROM_START", "FROM_LATEST"})
    void aShardOfWhichNothingWasAcknowledgedForADayMayHaveAGap(StartPosition start) {
        String shard = unacknowledgedFor(start, Duration.ofHours(25));
        assertEquals(Map.of(), sim.delivered);
        assertTrue(sim.engine.status().problem().contains("shard " + shard + ": the records of its first hours, if there were any, are"
                + " no longer in the stream"), sim.engine.status().problem());
        sim.stop();
        sim.gapPolicy = GapPolicy.CONTINUE;
        sim.start();
        sim.runFor(Duration.ofSeconds(5));
        assertEquals(Map.of("a", List.of(2)), sim.delivered);
        assertEquals(EngineStatus.State.RUNNING, sim.engine.status().state());
    }

    @ParameterizedTest
    @EnumSource(names = {"FROM_START", "FROM_LATEST"})
    void aShardOfWhichNothingWasAcknowledgedForLessThanADayHasNone(StartPosition start) {
        unacknowledgedFor(start, Duration.ofHours(23));
        assertEquals(Map.of("a", List.of(2)), sim.delivered);
    }

    /** As an emulator's, which lives longer than four hours. */
    @ParameterizedTest
    @EnumSource(names = {"FROM_START", "FROM_LATEST"})
    void aShardThatIsEmptyForDaysHasNoGap(StartPosition start) {
        sim.start = start;
        String shard = stream.addShard(null);
        sim.start();
        sim.runFor(Duration.ofHours(50));
        sim.crash();
        stream.put(shard, "a", 1);
        sim.runtime.advance(Duration.ofHours(20));
        sim.start();
        sim.runFor(Duration.ofSeconds(5));
        assertEquals(Map.of("a", List.of(1)), sim.delivered);
    }

    private String unacknowledgedFor(StartPosition start, Duration outage) {
        sim.start = start;
        String shard = stream.addShard(null);
        sim.start();
        sim.runFor(Duration.ofSeconds(10));
        sim.crash();
        stream.put(shard, "a", 1);
        sim.runtime.advance(outage);
        stream.put(shard, "a", 2);
        stream.trim(shard, 1);
        sim.start();
        sim.runFor(Duration.ofSeconds(5));
        return shard;
    }

    private String gap() {
        String shard = stream.addShard(null);
        for (int n = 1; n <= 10; n++) {
            stream.put("a", n);
        }
        sim.start();
        sim.runFor(Duration.ofSeconds(3));
        sim.stop();
        for (int n = 11; n <= 30; n++) {
            stream.put("a", n);
        }
        stream.trim(shard, 20);
        sim.start();
        return shard;
    }

    @Test
    void aGapIsToldOnceWithItsRange() {
        List<String> gaps = new ArrayList<>();
        sim.listener = new EngineListener() {
            @Override
            public void gap(String shardId) {
                gaps.add(shardId);
            }
        };
        String shard = gap();
        sim.runFor(Duration.ofHours(1));
        assertEquals(List.of(shard), gaps);
        // 95 is the first sequence number: 10 were read, and of 30 the first 20 are trimmed
        assertTrue(sim.engine.status().problem().contains("shard " + shard + ": the records after 104 and before 115, the oldest"),
                sim.engine.status().problem());
    }

    private Map<String, Integer> lastDelivered() {
        Map<String, Integer> last = new HashMap<>();
        sim.delivered.forEach((item, values) -> last.put(item, values.get(values.size() - 1)));
        return last;
    }
}
