package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;

import io.distributary.event.ChangeEvent;
import io.distributary.event.FailedAttempts;

/**
 * When a record that fails goes to the dead letters. The age is looked at after a failure only: a record that is merely
 * old is delivered.
 *
 * @param maxAttempts  deliveries that may fail, the first one included; 0 for any number
 * @param maxRecordAge since the change was made; zero for any age
 */
public record RetryLimits(int maxAttempts, Duration maxRecordAge) {
    /** Every record is tried until it is delivered. */
    public static final RetryLimits NONE = new RetryLimits(0, Duration.ZERO);

    boolean exhausted(ChangeEvent event, FailedAttempts failed, Instant now) {
        if (maxAttempts > 0 && failed.count() >= maxAttempts) {
            return true;
        }
        Instant made = maxRecordAge.isZero() ? null : event.approximateCreationDateTime();
        return made != null && Duration.between(made, now).compareTo(maxRecordAge) > 0;
    }
}
