package io.distributary.ddbstream.shard;

import java.time.Duration;

/**
 * How soon the next page of a shard is asked for: at once after records, and later with every empty page in a row. Not
 * thread-safe.
 */
final class PollPace {
    /** Slow enough that a shard with a record every now and then is still read soon after each. */
    private static final double GROWTH = 1.5;

    private final long min;
    private final long max;
    private long next;

    PollPace(Duration min, Duration max) {
        this.min = min.toMillis();
        this.max = max.toMillis();
        this.next = this.min;
    }

    /** The pause after a page. */
    Duration after(boolean empty) {
        if (!empty) {
            next = min;
            return Duration.ZERO;
        }
        Duration pause = Duration.ofMillis(next);
        next = Math.min(max, (long) Math.ceil(next * GROWTH));
        return pause;
    }
}
