package io.distributary.ddbstream.checkpoint.leased;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.checkpoint.StoredProgress;
import io.nats.client.Connection;
import io.nats.client.api.KeyValueEntry;

/** Looks at all keys of a bucket of checkpoints. */
public final class NatsProgress {
    private static final String LEASE = ".lease";

    private NatsProgress() {
    }

    /** @throws CheckpointException where the bucket cannot be read */
    public static StoredProgress read(Supplier<Connection> connections, String name) {
        NatsBucket bucket = new NatsBucket(connections, name);
        List<StoredProgress.Owner> owners = new ArrayList<>();
        List<StoredProgress.Shard> shards = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Instant now = Instant.now();
        for (String key : bucket.keys(">")) {
            KeyValueEntry entry = bucket.get(key);
            if (entry == null) {
                continue; // deleted meanwhile
            }
            try {
                if (key.endsWith(LEASE)) {
                    NatsValues.Owned owned = NatsValues.owned(entry.getValue());
                    owners.add(LeaseLook.owner(owned.application(), key.substring(0, key.length() - LEASE.length()), owned.owner(),
                            written(entry), now));
                } else {
                    NatsValues.Shard shard = NatsValues.shard(entry.getValue());
                    shards.add(new StoredProgress.Shard(shard.application(), shard.table(), shard.streamArn(), shard.shardId(),
                            shard.checkpoint(), written(entry)));
                }
            } catch (IOException e) {
                problems.add("The key " + key + " of the " + bucket.place() + " is no checkpoint (" + e.getMessage() + ")");
            }
        }
        return new StoredProgress(bucket.place(), owners, shards, problems);
    }

    /** By the server's clock. */
    private static Instant written(KeyValueEntry entry) {
        return entry.getCreated() == null ? null : entry.getCreated().toInstant();
    }
}
