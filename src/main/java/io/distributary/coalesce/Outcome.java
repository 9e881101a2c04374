package io.distributary.coalesce;

/** What a target said about one entry of a request. */
public sealed interface Outcome {
    /** The target has it. */
    Outcome ACCEPTED = new Accepted();

    /** The target has it. */
    record Accepted() implements Outcome {
    }

    /**
     * It may succeed later: throttled, a server's fault, no answer.
     *
     * @param reason the server's words, for people
     * @param cause  what was thrown, or null
     */
    record Retryable(String reason, Throwable cause) implements Outcome {
    }

    /**
     * It would fail again in the same way.
     *
     * @param reason the server's words, for people
     * @param cause  what was thrown, or null
     */
    record Refused(String reason, Throwable cause) implements Outcome {
    }
}
