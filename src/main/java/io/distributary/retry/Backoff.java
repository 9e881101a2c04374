package io.distributary.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Delays that double from {@code first} to {@code max}, each between half and all of its value at random, so that many who
 * failed together do not come back together.
 *
 * @param first the longest first delay
 * @param max   the longest of all
 */
public record Backoff(Duration first, Duration max) {

    /** @param attempt 1 for the first delay */
    public Duration delay(int attempt, RandomGenerator random) {
        int doublings = Math.min(Math.max(attempt, 1) - 1, 30);
        long millis = Math.min(first.toMillis() << doublings, max.toMillis());
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
