package io.distributary.deadletter;

/** A batch of several records was to become one dead letter: it fails instead, and its source splits it. */
public class UnsplitBatchException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param cause what the batch failed with; may be null */
    public UnsplitBatchException(int records, Throwable cause) {
        super("A batch of " + records + " records makes no dead letter: its source splits it until the failing record stands"
                + " alone", cause);
    }
}
