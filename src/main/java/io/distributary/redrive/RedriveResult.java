package io.distributary.redrive;

import io.distributary.deadletter.store.StoredDeadLetter;

/**
 * One dead letter and what became of it.
 *
 * @param letter  where it is or was
 * @param outcome what became of it
 * @param reason  why, one line
 */
public record RedriveResult(StoredDeadLetter letter, RedriveOutcome outcome, String reason) {
}
