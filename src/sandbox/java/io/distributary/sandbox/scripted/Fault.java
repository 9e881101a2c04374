package io.distributary.sandbox.scripted;

import java.util.function.Predicate;

/** What becomes of one batch request. */
public sealed interface Fault {
    /** The whole request is refused and nothing stored. */
    record Refuse(int status, String code, String message) implements Fault {
    }

    /** Those entries fail, the others are stored. */
    record FailEntries(Predicate<Sent> which, String code, boolean senderFault) implements Fault {
    }

    /** Everything is stored and the connection closed without an answer. */
    record LoseAnswer() implements Fault {
    }

    /** Nothing is stored and the connection closed without an answer. */
    record LoseRequest() implements Fault {
    }
}
