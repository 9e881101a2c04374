package io.distributary.backfill;

import java.time.Duration;

/**
 * Read capacity units a second and no more, evenly, whoever reads. What a page costs is known only when it was read: its estimate is
 * taken before, and put right after. What was not used is not made up for. Thread-safe.
 */
final class ReadPace {
    private static final double NANOS = Duration.ofSeconds(1).toNanos();
    /** Of items in a page, so that progress is stored often enough; DynamoDB's own limit is 1 MB. */
    static final int MAX_PAGE = 1_000;

    private final double perSecond;
    private final int readers;
    private double unitsPerItem;
    private double next;
    private boolean begun;

    /**
     * @param perSecond    0 for as fast as it goes
     * @param readers      who share it
     * @param unitsPerItem what is known of it before the first page
     */
    ReadPace(double perSecond, int readers, double unitsPerItem) {
        this.perSecond = perSecond;
        this.readers = readers;
        this.unitsPerItem = unitsPerItem;
    }

    /**
     * Leave to read.
     *
     * @param limit     items to ask for
     * @param units     that this is expected to cost
     * @param waitNanos how long to wait before
     */
    record Turn(int limit, double units, long waitNanos) {
    }

    /** @param most items wanted; at least 1 */
    synchronized Turn take(int most, long now) {
        int limit = Math.min(most, MAX_PAGE);
        if (perSecond == 0) {
            return new Turn(limit, 0, 0);
        }
        limit = Math.max(1, (int) Math.min(limit, perSecond / readers / unitsPerItem)); // a second's share
        double units = limit * unitsPerItem;
        double at = begun ? Math.max(next, now) : now;
        begun = true;
        next = at + units / perSecond * NANOS;
        return new Turn(limit, units, Math.max(0, (long) (at - now)));
    }

    /**
     * What a turn has come to.
     *
     * @param items read, those that a filter left out included
     */
    synchronized void used(Turn turn, int items, double units) {
        if (perSecond > 0) {
            next += (units - turn.units()) / perSecond * NANOS;
        }
        if (items > 0 && units > 0) {
            unitsPerItem = (unitsPerItem + 2 * units / items) / 3;
        }
    }
}
