package io.distributary.redrive;

/** What a step of a route is to a change that goes to one target alone. */
enum StepKind {
    /** A sink kamelet's first step, which says that from here on the exchange is at that target. */
    TARGET_BEGINS,
    /** A sink kamelet's last step. */
    TARGET_ENDS,
    /** Sends out of the process, and goes on with no answer. */
    SEND,
    /** A processor that acts outside the process by itself, as one that writes to a file. */
    OUTSIDE_STEP,
    /** Hides, leaves out or renames attributes: the dead letter's record is what it made. */
    REWRITE,
    /** Everything else: conditions, transformations, requests for their answer, ways to other routes. */
    OTHER;

    /** Where an exchange is, seen from the wanted target. */
    enum Position {
        /** Before it, or in a branch without it, and at no target. */
        AT_NONE,
        /** Inside another target. */
        AT_ANOTHER,
        /** Inside it. */
        AT_WANTED,
        /** Behind it in the same branch, where the change never came. */
        BEHIND
    }

    /**
     * Whether the step is done.
     *
     * @param dry nothing may reach out of the process
     */
    boolean runs(Position position, boolean dry) {
        if (dry && this == OUTSIDE_STEP) {
            return false;
        }
        return switch (position) {
            case BEHIND -> true;
            case AT_WANTED -> this != REWRITE;
            case AT_ANOTHER -> this == TARGET_BEGINS || this == TARGET_ENDS;
            case AT_NONE -> this != SEND && this != OUTSIDE_STEP && this != REWRITE;
        };
    }
}
