package io.distributary.ddbstream.checkpoint.leased;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.checkpoint.CheckpointStore;
import io.nats.client.Connection;
import io.nats.client.api.KeyValueEntry;

/**
 * Checkpoints as keys of a NATS key-value bucket, {@code {table}.{shard}}, with one JSON object each that names application and
 * stream. A save first proves the lease, and every key is written by compare-and-set on its revision, so a second writer is
 * found before it has stored more than one key. One application for each table and bucket.
 */
public final class NatsCheckpointStore implements CheckpointStore {
    private final NatsBucket bucket;
    private final String application;
    private final String table;
    private final NatsLeaseRow row;
    private final OwnerLease lease;
    private final Map<String, Long> revisions = new HashMap<>();

    /**
     * @param connections gives the connection for each call, and throws {@code IllegalArgumentException} when the servers refuse
     *                    it for good; stays open when the store is closed
     */
    public NatsCheckpointStore(Supplier<Connection> connections, String bucket, String application, String table) {
        this(connections, bucket, application, table, OwnerLease.DURATION);
    }

    NatsCheckpointStore(Supplier<Connection> connections, String bucket, String application, String table, Duration lease) {
        this.bucket = new NatsBucket(connections, bucket);
        this.application = application;
        this.table = table;
        this.row = new NatsLeaseRow(this.bucket, application, table);
        this.lease = new OwnerLease(row, application, table, this.bucket.place(), "checkpointBucket", lease);
    }

    @Override
    public void open() {
        bucket.ensure();
        lease.take();
        bucket.purgeDeleted();
    }

    @Override
    public Set<String> streams() {
        Set<String> arns = new TreeSet<>();
        stored().values().forEach(entry -> arns.add(shard(entry).streamArn()));
        return arns;
    }

    /** Writes every checkpoint again as it is: a former owner's late write then finds another revision, and fails. */
    @Override
    public Optional<Map<String, Checkpoint>> load(String streamArn) {
        lease.verify();
        Map<String, Checkpoint> loaded = new HashMap<>();
        stored().forEach((key, entry) -> {
            NatsValues.Shard shard = shard(entry);
            if (shard.streamArn().equals(streamArn)) {
                revisions.put(key, entry.getRevision());
                put(streamArn, shard.shardId(), shard.checkpoint());
                loaded.put(shard.shardId(), shard.checkpoint());
            }
        });
        return loaded.isEmpty() ? Optional.empty() : Optional.of(loaded);
    }

    private Map<String, KeyValueEntry> stored() {
        Map<String, KeyValueEntry> entries = new HashMap<>();
        for (String key : bucket.keys(table + ".*")) {
            KeyValueEntry entry = key.equals(row.key()) ? null : bucket.get(key);
            if (entry != null) {
                entries.put(key, entry);
            }
        }
        return entries;
    }

    private NatsValues.Shard shard(KeyValueEntry entry) {
        NatsValues.Shard shard;
        try {
            shard = NatsValues.shard(entry.getValue());
        } catch (IOException e) {
            throw new CheckpointException("The key " + entry.getKey() + " of the " + bucket.place() + " is no checkpoint ("
                    + e.getMessage() + "): mend it, or delete it to read its shard from its oldest record.", e);
        }
        if (!shard.application().equals(application)) {
            throw new CheckpointException("The key " + entry.getKey() + " of the " + bucket.place() + " belongs to application '"
                    + shard.application() + "', not to '" + application + "': set another checkpointBucket for each application.");
        }
        return shard;
    }

    /** Parents before children, as their ids have it; what a crash leaves of it repeats records at most. */
    @Override
    public void save(String streamArn, Map<String, Checkpoint> all, Set<String> changed) {
        lease.renew();
        Set<String> sorted = new TreeSet<>(changed);
        sorted.stream().filter(all::containsKey).forEach(shardId -> put(streamArn, shardId, all.get(shardId)));
        sorted.stream().filter(shardId -> !all.containsKey(shardId)).forEach(this::delete);
    }

    private void put(String streamArn, String shardId, Checkpoint checkpoint) {
        String key = key(shardId);
        byte[] value = NatsValues.write(new NatsValues.Shard(application, table, streamArn, shardId, checkpoint, lease.self()));
        try {
            revisions.put(key, bucket.put(key, value, revisions.getOrDefault(key, 0L)));
        } catch (NatsBucket.ConflictException e) {
            revisions.put(key, ownRevision(key, streamArn));
            try {
                revisions.put(key, bucket.put(key, value, revisions.get(key)));
            } catch (NatsBucket.ConflictException again) {
                throw secondWriter(key, "another writer");
            }
        }
    }

    private void delete(String shardId) {
        String key = key(shardId);
        Long revision = revisions.remove(key);
        if (revision == null) {
            return;
        }
        try {
            bucket.delete(key, revision);
        } catch (NatsBucket.ConflictException e) {
            KeyValueEntry entry = bucket.get(key);
            if (entry != null) { // else deleted already, with the answer lost
                throw secondWriter(key, shard(entry).savedBy());
            }
        }
    }

    /** The revision to go on from: ours, where the answer to an earlier write was lost, or 0 where the key was deleted. */
    private long ownRevision(String key, String streamArn) {
        KeyValueEntry entry = bucket.get(key);
        if (entry == null) {
            return 0;
        }
        NatsValues.Shard shard = shard(entry);
        if (lease.self().equals(shard.savedBy())) {
            return entry.getRevision();
        }
        if (!shard.streamArn().equals(streamArn)) {
            throw new CheckpointException("The key " + key + " of the " + bucket.place() + " holds a checkpoint of the stream "
                    + shard.streamArn() + "; the stream now is " + streamArn + ", created anew with the same shard ids. When the"
                    + " old one is done with, delete the key: nats kv del " + bucket.name() + " " + key);
        }
        throw secondWriter(key, shard.savedBy());
    }

    private CheckpointException secondWriter(String key, String writer) {
        return lease.lose("were written by " + (writer == null ? "another program" : writer) + " too (key " + key + ")");
    }

    private String key(String shardId) {
        return table + "." + shardId;
    }

    @Override
    public void verifyOwnership() {
        lease.verify();
    }

    @Override
    public void close() {
        lease.release();
        revisions.clear();
    }
}
