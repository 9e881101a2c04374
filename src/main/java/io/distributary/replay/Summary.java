package io.distributary.replay;

import java.time.Duration;

/**
 * Where a replay is, or how it ended.
 *
 * @param sent        records handed to the route
 * @param done        of them, those that the route is done with
 * @param deadLetters stored by the route's dead letter channel: one for each target that did not accept a record
 * @param next        what to skip so that a later replay goes on where this one stopped, and leaves nothing out
 * @param elapsed     since the first
 * @param failedAt    where the record is that the route failed for and no dead letter channel took; null where there is none
 * @param failure     why, or null
 * @param stopped     true where it ended before the events did
 */
public record Summary(long sent, long done, long deadLetters, long next, Duration elapsed, String failedAt, String failure,
        boolean stopped) {
    /** Done records per second. */
    public double perSecond() {
        return done / Math.max(1e-3, elapsed.toNanos() / 1e9);
    }
}
