package io.distributary.ddbstream.shard;

import java.time.Instant;
import java.util.Map;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.CheckpointStore;

/** Stores where the reading of a stream begins, for a route that is started later. */
public final class FirstPosition {
    private FirstPosition() {
    }

    /**
     * As a start at the end of the stream does, which then reads from there.
     *
     * @param store   owned, and without checkpoints of the table
     * @param instant has passed; everything written from then on is read
     * @param runtime waits for the turns to call DescribeStream
     * @throws StreamUnavailableException where the stream has no shards yet, so nothing can be stored
     */
    public static void store(TableStream stream, StreamsClient client, CheckpointStore store, Instant instant, EngineRuntime runtime) {
        ShardLister.Listing listing = new ShardLister(client, stream.streamArn(), runtime).list();
        Map<String, Checkpoint> first = ShardLineage.firstCheckpoints(listing.shards(), StartPosition.FROM_LATEST, instant);
        if (first.isEmpty()) {
            throw new StreamUnavailableException("The stream of table '" + stream.tableName()
                    + "' has no shards yet, as it was only just switched on: try again in a minute", null);
        }
        store.save(stream.streamArn(), first, first.keySet());
    }
}
