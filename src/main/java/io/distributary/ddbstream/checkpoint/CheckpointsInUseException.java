package io.distributary.ddbstream.checkpoint;

/** Another process, or another route of this one, owns the checkpoints at the moment; the message names it. */
public final class CheckpointsInUseException extends CheckpointException {
    public CheckpointsInUseException(String message) {
        super(message);
    }
}
