package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PollPaceTest {
    @Test
    void thePauseGrowsFromMinToMaxWithEmptyPagesAndIsNoneAfterRecords() {
        PollPace pace = new PollPace(Duration.ofMillis(50), Duration.ofMillis(250));
        assertEquals(List.of(50L, 75L, 113L, 170L, 250L, 250L), pauses(pace, 6));
        assertEquals(Duration.ZERO, pace.after(false));
        assertEquals(List.of(50L, 75L), pauses(pace, 2));
    }

    @Test
    void withOneValueForBothThePauseIsFixed() {
        assertEquals(List.of(20L, 20L, 20L), pauses(new PollPace(Duration.ofMillis(20), Duration.ofMillis(20)), 3));
        assertEquals(List.of(0L, 0L), pauses(new PollPace(Duration.ZERO, Duration.ZERO), 2));
    }

    @Test
    void anIdleShardIsPolledAtTheMaximumIntervalAndABusyOneAtOnce() {
        Simulation sim = new Simulation(1);
        sim.stream.addShard(null);
        sim.start();
        sim.runFor(Duration.ofMinutes(1));
        long before = polls(sim);
        sim.runFor(Duration.ofHours(1));
        long idle = polls(sim) - before;
        assertTrue(idle >= 14_390 && idle <= 14_410, "polls of an idle shard in an hour: " + idle);
        for (int n = 1; n <= 1000; n++) {
            sim.stream.put("a", n);
        }
        sim.runFor(Duration.ofMillis(300));
        assertEquals(1000, sim.delivered.get("a").size(), "a hundred pages without a pause between them");
    }

    private static long polls(Simulation sim) {
        return sim.stream.calls().stream().filter(call -> call.startsWith("getRecords")).count();
    }

    private static List<Long> pauses(PollPace pace, int count) {
        return IntStream.range(0, count).mapToObj(i -> pace.after(true).toMillis()).toList();
    }
}
