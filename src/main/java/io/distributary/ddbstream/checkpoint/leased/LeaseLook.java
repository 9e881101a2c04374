package io.distributary.ddbstream.checkpoint.leased;

import java.time.Instant;

import io.distributary.ddbstream.checkpoint.StoredProgress;

/** What one look at a lease tells; who wants to take it watches it instead. */
final class LeaseLook {
    private LeaseLook() {
    }

    /** @param renewed by the owner's clock; null where the lease does not say */
    static StoredProgress.Owner owner(String application, String table, String owner, Instant renewed, Instant now) {
        Instant until = owner == null || renewed == null ? null : renewed.plus(OwnerLease.DURATION);
        StoredProgress.State state = owner == null ? StoredProgress.State.FREE
                : until != null && until.isAfter(now) ? StoredProgress.State.HELD : StoredProgress.State.LAPSED;
        return new StoredProgress.Owner(application, table, owner, state, renewed, until);
    }
}
