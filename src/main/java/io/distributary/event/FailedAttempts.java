package io.distributary.event;

import java.time.Instant;

/**
 * The deliveries of one record that failed, as its source saw them. A failed batch counts for a record only where the
 * record was alone in it or reported by itself.
 *
 * @param count how many
 * @param first when the first one failed
 * @param last  when the last one failed
 */
public record FailedAttempts(int count, Instant first, Instant last) {
    /** Exchange property of a record that the source hands to its dead letter destination. */
    public static final String EXCHANGE_PROPERTY = "CamelAwsDdbStreamFailedAttempts";

    /** One more failure. */
    public static FailedAttempts after(FailedAttempts before, boolean counts, Instant time) {
        int more = counts ? 1 : 0;
        return before == null ? new FailedAttempts(more, time, time) : new FailedAttempts(before.count + more, before.first, time);
    }
}
