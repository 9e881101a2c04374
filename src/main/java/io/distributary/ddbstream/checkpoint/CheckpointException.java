package io.distributary.ddbstream.checkpoint;

/** Checkpoints cannot be read, written or owned; the message says which, why and what to do. */
public final class CheckpointException extends RuntimeException {
    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
