package io.distributary.redrive;

import java.util.Locale;

/** What became of a dead letter. */
public enum RedriveOutcome {
    /** Its target has accepted it, and it is out of the store; in a dry run, it would be sent. */
    SENT,
    /** A copy of one that was sent, and out of the store as well. */
    COPY,
    /** Something newer of its item may have been delivered already; it stays. */
    HELD,
    /** The target, or a step before it, failed again; it stays. */
    FAILED,
    /** An older one of its item failed, which it must not overtake; it stays. */
    BEHIND_FAILED,
    /** The route did not lead to its target; it stays. */
    NOT_REACHED,
    /** There is no route to feed, or no change in it; it stays. */
    NOT_FED;

    /** As JSON and meters name it: {@code behind_failed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is still in the store. */
    public boolean stays() {
        return this != SENT && this != COPY;
    }
}
