package io.distributary.ddbstream.checkpoint.leased;

import java.io.IOException;
import java.util.Optional;

import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.nats.client.api.KeyValueEntry;

/** The lease as a key of the bucket, {@code orders.lease}. */
final class NatsLeaseRow implements LeaseRow {
    private final NatsBucket bucket;
    private final String application;
    private final String table;

    NatsLeaseRow(NatsBucket bucket, String application, String table) {
        this.bucket = bucket;
        this.application = application;
        this.table = table;
    }

    String key() {
        return table + ".lease";
    }

    @Override
    public Optional<Lease> read() {
        KeyValueEntry entry = bucket.get(key());
        if (entry == null) {
            return Optional.empty();
        }
        try {
            NatsValues.Owned owned = NatsValues.owned(entry.getValue());
            return Optional.of(new Lease(owned.application(), owned.owner(), Long.toString(entry.getRevision())));
        } catch (IOException e) {
            throw new CheckpointException("The key " + key() + " of the " + bucket.place() + " is no lease (" + e.getMessage()
                    + "): delete it when no route uses it.", e);
        }
    }

    @Override
    public Optional<String> write(String owner, String expected) {
        try {
            return Optional.of(Long.toString(bucket.put(key(), NatsValues.write(table, new NatsValues.Owned(application, owner)),
                    expected == null ? 0 : Long.parseLong(expected))));
        } catch (NatsBucket.ConflictException e) {
            return Optional.empty();
        }
    }
}
