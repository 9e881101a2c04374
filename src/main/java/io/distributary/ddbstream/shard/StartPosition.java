package io.distributary.ddbstream.shard;

/** Where the very first start on a stream begins; later starts continue at the checkpoints. */
public enum StartPosition {
    /** At the oldest record that the stream still holds. */
    FROM_START,
    /** At what is written from the moment on at which the stream is first reached. */
    FROM_LATEST,
    /** At what was written from a given instant on, as far as the stream still holds it. */
    AT_TIMESTAMP
}
