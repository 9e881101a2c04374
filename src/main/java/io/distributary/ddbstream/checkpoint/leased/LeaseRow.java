package io.distributary.ddbstream.checkpoint.leased;

import java.util.Optional;

/** The place where a lease is kept. Methods throw {@code CheckpointException} when it cannot be reached. */
interface LeaseRow {
    /** The row as it is now; empty when there is none. */
    Optional<Lease> read();

    /**
     * Writes the row if it is still as it was read.
     *
     * @param owner    the new owner; null gives the lease up
     * @param expected the version read; null when there was no row
     * @return the row's new version, or empty when it is no longer as expected
     */
    Optional<String> write(String owner, String expected);
}
