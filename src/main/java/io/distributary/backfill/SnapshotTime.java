package io.distributary.backfill;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.event.ChangeVersion;

/**
 * When the snapshots of a backfill count as made: the last moment of the second before every change that the route reads after its
 * position, whenever the items were read. So each of those changes is newer than the snapshot of its item; and where the newest
 * change of an item is older than they are, the scan has found the item as that left it, and the snapshot is newer than all changes.
 *
 * @param position whole seconds; all reading is after it
 */
record SnapshotTime(Instant position) {
    SnapshotTime {
        position = position.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The second in which they count as made. */
    Instant created() {
        return firstRead().minusSeconds(1);
    }

    /** Below the version of every change that the route reads after the position. */
    long version() {
        return ChangeVersion.before(firstRead());
    }

    /** The first second of which the route reads all changes that are in shards which were open at the position. */
    private Instant firstRead() {
        return position.minus(Checkpoint.TOLERANCE);
    }

    /** Until when the stream keeps what was written after the position. */
    static Instant kept(Instant position) {
        return position.plus(Duration.ofHours(24));
    }
}
