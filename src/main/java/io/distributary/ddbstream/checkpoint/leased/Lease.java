package io.distributary.ddbstream.checkpoint.leased;

import java.util.Objects;

/**
 * Who owns the checkpoints of an application's table.
 *
 * @param application the application they belong to
 * @param owner       the owner, for people, different for each start; null while nobody owns them
 * @param version     changes with every write of the row; for compare-and-set
 */
record Lease(String application, String owner, String version) {
    Lease {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(version, "version");
    }
}
