package io.distributary.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;

import io.distributary.event.ChangeVersion;
import org.junit.jupiter.api.Test;

/** Whatever the interleaving, the changes since the position win over snapshots, and snapshots over what is older. */
class SnapshotTimeTest {
    private static final int RUNS = Integer.getInteger("backfill.model.runs", 20_000);
    private static final Instant POSITION = Instant.parse("2026-11-21T12:00:00Z");
    private static final SnapshotModel.Rule OURS = (position, read) -> new SnapshotTime(position).version();

    @Test
    void theIndexEndsAsTheTable() {
        long seed = Long.getLong("backfill.model.seed", new Random().nextLong());
        System.out.println("-Dbackfill.model.seed=" + seed);
        for (int run = 0; run < RUNS; run++) {
            assertNull(new SnapshotModel(seed + run, OURS).run(), "-Dbackfill.model.seed=" + (seed + run));
        }
    }

    @Test
    void otherRulesFail() {
        assertTrue(fails((position, read) -> read.getEpochSecond() << 30), "the time of the read as version");
        assertTrue(fails((position, read) -> position.getEpochSecond() << 30), "the position as version, without a margin");
        assertTrue(fails((position, read) -> 0), "a version below all");
        assertTrue(fails(new SnapshotModel.Rule() {
            @Override
            public long version(Instant position, Instant read) {
                return OURS.version(position, read);
            }

            @Override
            public long taken(long scanBegins, long scanEnds) {
                return scanEnds;
            }
        }), "the position after the scan");
    }

    private static boolean fails(SnapshotModel.Rule rule) {
        return LongStream.range(0, 2_000).anyMatch(seed -> new SnapshotModel(seed, rule).run() != null);
    }

    @Test
    void itIsJustBeforeTheFirstSecondThatTheRouteReads() {
        SnapshotTime time = new SnapshotTime(POSITION.plusMillis(700));
        assertEquals(POSITION, time.position());
        assertEquals(POSITION.minusSeconds(61), time.created());
        assertTrue(time.version() < ChangeVersion.next(0, POSITION.minusSeconds(60)));
        assertTrue(time.version() > ChangeVersion.first(POSITION.minusSeconds(61), POSITION));
        // one that is read back without its version, from an envelope, is no newer
        assertTrue(ChangeVersion.next(-1, time.created()) <= time.version());
        assertEquals(POSITION.plusSeconds(86_400), SnapshotTime.kept(POSITION));
    }
}
