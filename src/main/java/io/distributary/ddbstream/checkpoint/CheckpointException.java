package io.distributary.ddbstream.checkpoint;

/** Checkpoints cannot be read, written or owned; the message says which, why and what to do. */
public class CheckpointException extends RuntimeException {
    private final boolean retryable;

    /** What only a person can mend. */
    public CheckpointException(String message) {
        this(message, null);
    }

    /** What only a person can mend. */
    public CheckpointException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private CheckpointException(String message, Throwable cause, boolean retryable) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** The store does not answer at the moment: the same call may succeed later. */
    public static CheckpointException unreachable(String message, Throwable cause) {
        return new CheckpointException(message, cause, true);
    }

    /** True where the same call may succeed later. */
    public boolean isRetryable() {
        return retryable;
    }
}
