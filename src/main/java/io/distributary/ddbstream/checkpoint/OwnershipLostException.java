package io.distributary.ddbstream.checkpoint;

/** Another writer has taken the checkpoints over: this one must stop reading, and has stored nothing since. */
public final class OwnershipLostException extends CheckpointException {
    public OwnershipLostException(String message) {
        super(message);
    }
}
