package io.distributary.bench.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Instant SAVED = Instant.parse("2026-01-01T00:00:10Z");
    /** Item a has versions 1 to 4, sequence numbers 1 to 4, all in one shard. */
    private static final List<Change> STREAM = IntStream.rangeClosed(1, 4).mapToObj(VerdictTest::change).toList();

    private final List<Arrival> arrivals = new ArrayList<>();

    @Test
    void everyChangeOnceAndInOrderIsGood() {
        arrive(1, SAVED, 1, 2);
        arrive(2, SAVED, 3, 4);
        var verdict = judge(killed("2"));
        assertTrue(verdict.good());
        assertEquals(4, verdict.changes());
        assertEquals(0, verdict.repeated());
    }

    @Test
    void aChangeThatNeverArrivedIsLost() {
        arrive(1, SAVED, 1, 2, 3);
        assertEquals(1, judge(killed("2")).lost());
        assertFalse(judge(killed("2")).good());
    }

    @Test
    void anArrivalThatTheStreamDoesNotHoldIsUnknown() {
        arrive(1, SAVED, 1, 2, 3, 4, 5);
        assertEquals(1, judge(killed("2")).unknown());
    }

    @Test
    void aVersionThatOvertakesAnotherIsReordered() {
        arrive(1, SAVED, 1, 3, 2, 4);
        assertEquals(3, judge(killed("2")).reordered());
    }

    @Test
    void aStartThatBeginsBehindAVersionThatNeverArrivedIsReordered() {
        arrive(1, SAVED, 1);
        arrive(2, SAVED, 3, 4);
        arrive(3, SAVED, 2);
        assertEquals(1, judge(killed("1"), killed("1")).reordered());
    }

    @Test
    void whatTheCheckpointDidNotCoverMayBeRepeated() {
        arrive(1, SAVED, 1, 2, 3);
        arrive(2, SAVED, 2, 3, 4);
        var verdict = judge(killed("1"));
        assertTrue(verdict.good());
        assertEquals(2, verdict.repeated());
        assertEquals(2, verdict.worst());
    }

    @Test
    void whatTheCheckpointCoveredMayNot() {
        arrive(1, SAVED, 1, 2, 3);
        arrive(2, SAVED, 2, 3, 4);
        assertEquals(1, judge(killed("2")).checkpointed());
        assertEquals(3, judge(new Kill(1, Map.of("shard", Checkpoint.shardEnd(SAVED)), SAVED)).checkpointed());
    }

    @Test
    void moreThanTheWindowAndWhatWasStoredSinceTheCheckpointIsOverTheBound() {
        arrive(1, SAVED.minusSeconds(2), 1, 2);
        arrive(1, SAVED, 3);
        arrive(2, SAVED, 1, 2, 3, 4);
        var unsaved = new Kill(1, Map.of(), SAVED);
        assertEquals(1, Verdict.of(STREAM, arrivals, List.of(unsaved), 1, Duration.ofSeconds(1)).overBound());
        assertEquals(0, Verdict.of(STREAM, arrivals, List.of(unsaved), 2, Duration.ofSeconds(1)).overBound());
        assertEquals(3, Verdict.of(STREAM, arrivals, List.of(unsaved), 2, Duration.ofSeconds(1)).loosest());
    }

    private Verdict judge(Kill... kills) {
        return Verdict.of(STREAM, arrivals, List.of(kills), 10, Duration.ofSeconds(1));
    }

    private static Kill killed(String sequenceNumber) {
        return new Kill(1, Map.of("shard", Checkpoint.after(sequenceNumber)), SAVED);
    }

    private void arrive(int generation, Instant stored, int... versions) {
        for (var version : versions) {
            arrivals.add(new Arrival(generation, "e" + version, "a", version, stored));
        }
    }

    private static Change change(int version) {
        return new Change("e" + version, "a", version, "shard", BigInteger.valueOf(version));
    }
}
