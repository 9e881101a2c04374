package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What a suspended engine still hands out, so that a stop after it leaves nothing to be repeated. */
class LocalEngineSuspensionTest {
    private final Simulation sim = new Simulation(1);
    private final String shard = sim.stream.addShard(null);
    private final List<String> held = new ArrayList<>();
    private final List<Consumer<Throwable>> completions = new ArrayList<>();

    /** In flight: a1 and b1; a2, a3 and b2 wait for them; c1 is acknowledged; a4 has not come in. */
    @BeforeEach
    void acknowledgedBehindRecordsThatWait() {
        sim.route = (event, done) -> {
            String record = event.keys().get("pk").s() + event.newImage().get("n").n();
            if (record.equals("c1")) {
                done.accept(null);
            } else {
                held.add(record);
                completions.add(done);
            }
        };
        sim.maxInFlight = 6;
        sim.checkpointInterval = Duration.ofHours(1);
        put("a1 a2 b1 a3 c1 b2 a4");
        sim.start();
        sim.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("a1", "b1"), held);
        sim.engine.suspend();
    }

    @Test
    void finishesWhatStandsBeforeTheLastRecordHandedOutAndNothingBehindIt() {
        complete("a1", null);
        assertEquals(List.of("a1", "b1", "a2"), held);
        complete("b1", null);
        complete("a2", null);
        assertEquals(List.of("a1", "b1", "a2", "a3"), held);
        assertEquals(1, sim.engine.inFlight());
        complete("a3", null);
        assertEquals(List.of(0, 4), List.of(sim.engine.inFlight(), held.size()), "b2 and a4 stand behind c1");
        sim.stop();
        assertEquals(5, sim.covered(sim.stream, shard));
    }

    @Test
    void aRecordThatFailedIsNotWaitedFor() {
        complete("a1", new Exception("refused"));
        complete("b1", null);
        sim.runFor(Duration.ofMinutes(5));
        assertEquals(List.of(0, 2), List.of(sim.engine.inFlight(), held.size()));
        sim.stop();
        assertEquals(Checkpoint.Position.TRIM_HORIZON, sim.checkpoints.stored().get(shard).position());
    }

    @Test
    void aResumedEngineGoesOnWithEverything() {
        complete("a1", new Exception("refused"));
        complete("b1", null);
        sim.runFor(Duration.ofMinutes(5));
        sim.route = (event, done) -> done.accept(null);
        sim.engine.resume();
        sim.runFor(Duration.ofMinutes(5));
        sim.stop();
        assertEquals(7, sim.covered(sim.stream, shard));
        sim.assertAllDeliveredInOrder(Map.of("a", 4, "b", 2, "c", 1));
    }

    private void put(String records) {
        for (String record : records.split(" ")) {
            sim.stream.put(record.substring(0, 1), Integer.parseInt(record.substring(1)));
        }
    }

    private void complete(String record, Throwable failure) {
        completions.get(held.indexOf(record)).accept(failure);
        sim.runFor(Duration.ofMillis(100));
    }
}
