package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * Decides when DescribeStream may be called, which the API allows ten times a second for all streams of an account and
 * region. Three of the ten are kept for what cannot wait: a start, and the end of a shard. Shared by all engines that
 * use the same account and region; thread-safe.
 */
public final class DescribePace {
    /** The API's limit; in every second, wherever it begins. */
    static final int CALLS_PER_SECOND = 10;
    private static final int KEPT_FOR_URGENT = 3;

    private final Share urgent = new Share(KEPT_FOR_URGENT);
    private final Share any = new Share(CALLS_PER_SECOND - KEPT_FOR_URGENT);

    /**
     * Asks for one call at this moment.
     *
     * @param cannotWait true for what may use all ten calls of a second
     * @return zero when the call may be made now, and is counted; else the time after which to ask again, at most a second
     */
    public synchronized Duration take(Instant now, boolean cannotWait) {
        Share share = cannotWait && urgent.left(now).compareTo(any.left(now)) < 0 ? urgent : any;
        Duration left = share.left(now);
        if (left.isZero()) {
            share.taken(now);
        }
        return left;
    }

    /** A number of calls a second. */
    private static final class Share {
        private static final Duration WINDOW = Duration.ofSeconds(1);

        private final int calls;
        private final ArrayDeque<Instant> last = new ArrayDeque<>();

        private Share(int calls) {
            this.calls = calls;
        }

        private Duration left(Instant now) {
            if (last.size() < calls) {
                return Duration.ZERO;
            }
            Duration left = Duration.between(now, last.peekFirst().plus(WINDOW));
            Duration positive = left.isNegative() ? Duration.ZERO : left;
            return positive.compareTo(WINDOW) > 0 ? WINDOW : positive; // a clock that was set back
        }

        private void taken(Instant now) {
            if (last.size() == calls) {
                last.removeFirst();
            }
            last.addLast(now);
        }
    }
}
