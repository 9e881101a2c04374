package io.distributary.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.distributary.ddbstream.RoutePosition.State;
import io.distributary.ddbstream.RoutePosition.Taken;

/** Decides whether the route reads every change since the position of a backfill; pure functions. */
final class PositionCheck {
    private PositionCheck() {
    }

    /**
     * Why a backfill may not go on from its progress: items were read, and changes of them since may be lost. Empty where it may.
     *
     * @param found of the route now
     */
    static Optional<String> lost(Taken found, Instant now) {
        if (found.state() == State.RUNNING) {
            return Optional.empty();
        }
        if (found.state() == State.MISSING) {
            return Optional.of("the route's checkpoints that it relied on are gone");
        }
        return deadline(found).filter(until -> until.isBefore(now)).map(until -> "the route has read nothing since " + found.unread()
                + ", and the stream keeps changes for 24 hours");
    }

    /** Until when the route has to be started; empty where it runs, or has run, and goes on from where it was. */
    static Optional<Instant> deadline(Taken taken) {
        return taken.state() == State.RUNNING || taken.unread() == null ? Optional.empty()
                : Optional.of(SnapshotTime.kept(taken.unread()));
    }

    /** Whether it may last longer than the stream keeps what the route has not read. */
    static boolean mayOutlast(Taken taken, Instant now, Duration lasts) {
        return taken.state() != State.RUNNING && deadline(taken).orElse(SnapshotTime.kept(now)).isBefore(now.plus(lasts));
    }
}
