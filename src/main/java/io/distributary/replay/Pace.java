package io.distributary.replay;

import java.time.Duration;

/** So many a second and no more, evenly. Not thread-safe. */
public final class Pace {
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final double perSecond;
    private double next;
    private boolean begun;

    /** @param perSecond 0 for as fast as it goes */
    public Pace(double perSecond) {
        this.perSecond = perSecond;
    }

    /** How long to wait before the next; 0 for not at all. */
    public long waitNanos(long now) {
        return perSecond == 0 || !begun ? 0 : Math.max(0, (long) (next - now));
    }

    /** So many went now. What was not used while there was nothing to send is not made up for. */
    public void went(int records, long now) {
        next = Math.max(begun ? next : now, now - NANOS / Math.max(perSecond, 1)) + (perSecond == 0 ? 0 : records * NANOS / perSecond);
        begun = true;
    }
}
