package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Delays that double from {@code first} to {@code max}, each between half and all of its value at random. */
record Backoff(Duration first, Duration max) {

    /** @param attempt 1 for the first delay */
    Duration delay(int attempt, RandomGenerator random) {
        int doublings = Math.min(Math.max(attempt, 1) - 1, 30);
        long millis = Math.min(first.toMillis() << doublings, max.toMillis());
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
