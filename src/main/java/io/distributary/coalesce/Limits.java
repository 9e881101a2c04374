package io.distributary.coalesce;

import java.time.Duration;

/**
 * How much goes into a request, and how much is under way.
 *
 * @param entriesPerRequest at least 1
 * @param bytesPerRequest   as {@link Entry#bytes()} counts; no single entry is larger
 * @param requests          in flight at the same time, at least 1
 * @param bufferedBytes     of entries not completed yet; {@link Coalescer#submit} blocks beyond that
 * @param linger            how long an entry waits for others while a request is in flight; none waits while there is none
 * @param retryFor          how long after its first sending an entry is tried again
 */
public record Limits(int entriesPerRequest, long bytesPerRequest, int requests, long bufferedBytes, Duration linger,
        Duration retryFor) {
}
