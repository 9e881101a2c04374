package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The start position AT_TIMESTAMP, on a scripted stream. */
class LocalEngineTimestampTest {
    private final Simulation sim = new Simulation(1);
    private final FakeStream stream = sim.stream;
    private Instant between;

    /** Two generations of shards with a record an hour, 1 to 4 before the instant and 5 to 8 from it on. */
    private void writeEightHours() {
        String shard = stream.addShard(null);
        for (int n = 1; n <= 8; n++) {
            sim.runtime.advance(Duration.ofHours(1));
            if (n == 5) {
                between = sim.runtime.now();
            }
            stream.put("a", n);
            if (n == 3 || n == 6) {
                shard = stream.close(shard, 1).get(0);
            }
        }
        sim.runtime.advance(Duration.ofHours(1));
        sim.start = StartPosition.AT_TIMESTAMP;
        sim.startTimestamp = between;
    }

    @Test
    void olderRecordsAreSkippedInEveryGenerationOfShards() {
        writeEightHours();
        sim.start();
        sim.runFor(Duration.ofSeconds(30));
        stream.put("a", 9);
        sim.runFor(Duration.ofSeconds(30));
        assertEquals(Map.of("a", List.of(5, 6, 7, 8, 9)), sim.delivered);
    }

    @Test
    void aRestartBeforeTheFirstRecordKeepsTheFirstStartsInstant() {
        writeEightHours();
        sim.start();
        sim.crash();
        sim.start = StartPosition.FROM_LATEST;
        sim.startTimestamp = null;
        sim.start();
        sim.runFor(Duration.ofSeconds(30));
        assertEquals(Map.of("a", List.of(5, 6, 7, 8)), sim.delivered);
    }

    @Test
    void aListingWithoutAShardThatIsNotBegunDoesNotBringItForward() {
        writeEightHours();
        List<Runnable> held = new ArrayList<>();
        sim.route = (event, done) -> held.add(() -> done.accept(null));
        sim.start();
        String last = stream.openShards().get(0);
        stream.setListed(last, false);
        sim.runFor(Duration.ofMillis(10_500)); // one listing
        stream.setListed(last, true);
        sim.runFor(Duration.ofSeconds(5));
        assertEquals(Map.of("a", List.of(5)), sim.delivered);
        sim.route = (event, done) -> done.accept(null);
        held.get(0).run();
        sim.runFor(Duration.ofSeconds(30));
        assertEquals(Map.of("a", List.of(5, 6, 7, 8)), sim.delivered);
    }

    @Test
    void aShardThatVanishedBeforeItWasBegunIsAGap() {
        writeEightHours();
        sim.start();
        sim.crash();
        stream.remove("shardId-00001");
        sim.start();
        sim.runFor(Duration.ofMinutes(1));
        assertEquals(Map.of(), sim.delivered);
        assertEquals(EngineStatus.State.FAILED, sim.engine.status().state());
        sim.stop();
        sim.gapPolicy = GapPolicy.CONTINUE;
        sim.start();
        sim.runFor(Duration.ofMinutes(1));
        assertEquals(Map.of("a", List.of(7, 8)), sim.delivered);
    }
}
