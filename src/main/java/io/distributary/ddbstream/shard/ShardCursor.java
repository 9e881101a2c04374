package io.distributary.ddbstream.shard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangePage;
import io.distributary.event.ChangeVersion;
import io.distributary.event.StreamSource;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

/** Where the reading of one shard stands, and the calls that move it. Used by one thread at a time. */
final class ShardCursor {
    /** Bytes a record without a size is counted as. */
    private static final int UNKNOWN_SIZE = 1024;

    private final StreamSource source;
    private final StreamsClient client;
    private final OrderBy orderBy;
    /** Of a start at the end of the stream, or at an instant; null for others. */
    private final Instant start;
    /** Read by others too, for people. */
    private volatile Checkpoint position;
    private String iterator;
    private Instant skipBefore;

    /** @param iterator taken at the position already, or null */
    ShardCursor(StreamSource source, StreamsClient client, Checkpoint position, String iterator, OrderBy orderBy) {
        this.source = source;
        this.client = client;
        this.orderBy = orderBy;
        this.start = position.start();
        this.position = position;
        this.iterator = iterator;
    }

    /**
     * A page of the shard.
     *
     * @param records what is to be delivered of it
     * @param empty   true when it had no records at all
     * @param end     the position after it
     * @param next    the iterator of the page after it; null when the shard is closed and this was the rest of it
     */
    record Page(List<Slot> records, boolean empty, Checkpoint end, String next) {
        boolean last() {
            return next == null;
        }

        /** Creation time of its last record; null where there is none, or it does not say. */
        Instant newest() {
            ChangeEvent newest = records.isEmpty() ? null : records.get(records.size() - 1).event;
            return newest == null ? null : newest.approximateCreationDateTime();
        }
    }

    /** Reads the page at the position, again and again until {@link #moveBehind} it. */
    Page read(int limit) {
        if (iterator == null) {
            iterator = acquire();
        }
        ChangePage page = client.getRecords(iterator, limit, source);
        List<ChangeEvent> changes = page.changes();
        List<Slot> slots = new ArrayList<>(changes.size());
        Long version = position.version();
        for (ChangeEvent change : changes) {
            if (!skip(change)) {
                Instant created = change.approximateCreationDateTime();
                version = version == null ? ChangeVersion.first(created, start) : ChangeVersion.next(version, created);
                slots.add(slot(change.withVersion(version)));
            }
        }
        Checkpoint end = changes.isEmpty() ? position
                : Checkpoint.after(changes.get(changes.size() - 1).sequenceNumber()).withVersion(version);
        return new Page(slots, changes.isEmpty(), end, page.nextShardIterator());
    }

    /** The page is in safe hands. */
    void moveBehind(Page page) {
        position = page.end();
        iterator = page.next();
    }

    Checkpoint position() {
        return position;
    }

    /** The next page is read with a new iterator at the same position. */
    void dropIterator() {
        iterator = null;
    }

    /** Goes on at the oldest record that is left. */
    void toTrimHorizon() {
        position = Checkpoint.trimHorizon().withVersion(position.version());
        iterator = null;
    }

    /** The sequence number of the oldest record that is left; empty where there is none. The position stays. */
    Optional<String> oldestLeft() {
        try {
            String oldest = client.getShardIterator(source.streamArn(), source.shardId(), ShardIteratorType.TRIM_HORIZON, null);
            return client.getRecords(oldest, 1, source).changes().stream().findFirst().map(ChangeEvent::sequenceNumber);
        } catch (RuntimeException e) {
            if (StreamErrors.kind(e) == StreamErrors.Kind.TRANSIENT || StreamErrors.kind(e) == StreamErrors.Kind.REFUSED) {
                throw e;
            }
            return Optional.empty(); // DynamoDB Local reports trimmed data here too where nothing is left
        }
    }

    private String acquire() {
        if (position.sequenceNumber() != null) {
            return client.getShardIterator(source.streamArn(), source.shardId(), ShardIteratorType.AFTER_SEQUENCE_NUMBER,
                    position.sequenceNumber());
        }
        if (position.start() != null) {
            // there is no AT_TIMESTAMP, and LATEST now would be later than it was at the first start
            skipBefore = position.start().minus(Checkpoint.TOLERANCE);
        }
        return client.getShardIterator(source.streamArn(), source.shardId(), ShardIteratorType.TRIM_HORIZON, null);
    }

    private boolean skip(ChangeEvent event) {
        if (skipBefore == null) {
            return false;
        }
        Instant created = event.approximateCreationDateTime();
        if (created != null && created.isBefore(skipBefore)) {
            return true;
        }
        skipBefore = null;
        return false;
    }

    private Slot slot(ChangeEvent event) {
        long size = event.sizeBytes();
        return new Slot(event, orderBy.laneKey(event), event.sequenceNumber(), size == 0 ? UNKNOWN_SIZE : (int) size);
    }
}
