package io.distributary.redrive;

/**
 * Whether a dead letter may be sent now without overwriting what has been delivered since.
 *
 * @param kind   what was found
 * @param reason for people, one line
 */
record Verdict(Kind kind, String reason) {
    /** What was found. */
    enum Kind {
        /** The target itself tells older from newer. */
        VERSIONED,
        /** The item is still as this change left it: nothing newer can have been delivered. */
        CURRENT,
        /** The item's next change is the next dead letter, which may be sent too, after this one. */
        LINKED,
        /** The item has changed since, and that change is not among the dead letters. */
        OVERTAKEN,
        /** It cannot be told. */
        UNKNOWN;

        boolean safe() {
            return this != OVERTAKEN && this != UNKNOWN;
        }
    }
}
