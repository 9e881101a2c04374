package io.distributary.redrive;

import java.time.Instant;
import java.util.regex.Pattern;

import io.distributary.deadletter.store.DeadLetterRecord;

/**
 * Which dead letters are meant. What is null matches every one.
 *
 * @param target text in the target's URI
 * @param route  the route's id
 * @param since  the last failure was then or later
 * @param until  the last failure was before that
 * @param key    what the item key begins with
 * @param error  found in the exception's class or message, or in those of its root cause
 */
public record RedriveFilter(String target, String route, Instant since, Instant until, String key, Pattern error) {
    /** Every dead letter. */
    public static final RedriveFilter ALL = new RedriveFilter(null, null, null, null, null, null);

    boolean matches(DeadLetterRecord letter) {
        Instant failed = letter.lastFailedAt();
        return (target == null || letter.target() != null && letter.target().contains(target))
                && (route == null || route.equals(letter.routeId()))
                && (since == null || failed != null && !failed.isBefore(since))
                && (until == null || failed != null && failed.isBefore(until))
                && (key == null || letter.itemKey() != null && letter.itemKey().startsWith(key))
                && (error == null || matches(letter.exception()));
    }

    private boolean matches(DeadLetterRecord.FailureReason reason) {
        return reason != null && (reason.type() != null && error.matcher(reason.type()).find()
                || reason.message() != null && error.matcher(reason.message()).find() || matches(reason.rootCause()));
    }
}
