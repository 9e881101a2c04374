package io.distributary.ddbstream.shard;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.CheckpointStore;

/**
 * Prepares the reading of a stream: one that has checkpoints goes on there, the very first one begins at the start
 * position, and each that follows one that was switched off begins at its oldest record. A stream's first checkpoints
 * are stored only when the stream before it is finished, so the newest one with checkpoints is the one to go on with.
 */
final class StreamOpener {
    private final EngineSettings settings;
    private final EngineRuntime runtime;
    private final StreamFinder finder;
    private final StreamsClient client;
    private final CheckpointStore store;
    private final Readings readings;

    /** Makes a reading that does not run yet. */
    @FunctionalInterface
    interface Readings {
        StreamReading make(TableStream stream, ShardLister lister, Map<String, Checkpoint> checkpoints);
    }

    /** A reading, and the listing to start it with. */
    record Opened(StreamReading reading, ShardLister.Listing listing) {
    }

    StreamOpener(EngineSettings settings, EngineRuntime runtime, StreamFinder finder, StreamsClient client, CheckpointStore store,
            Readings readings) {
        this.settings = settings;
        this.runtime = runtime;
        this.finder = finder;
        this.client = client;
        this.store = store;
        this.readings = readings;
    }

    /** The stream to read after a start. */
    Opened first() {
        Set<String> checkpointed = store.streams();
        Optional<String> resumed = finder.resumable(checkpointed);
        if (resumed.isEmpty()) {
            return begin(finder.find(), settings.start());
        }
        TableStream stream = finder.describe(resumed.get()).orElseGet(() -> gone(resumed.get()));
        ShardLister lister = new ShardLister(client, stream.streamArn(), runtime);
        return new Opened(readings.make(stream, lister, store.load(stream.streamArn()).orElse(Map.of())), lister.listOrGone());
    }

    /** The stream after one that is finished; empty while there is none. */
    Optional<Opened> after(String streamArn) {
        return finder.after(streamArn).map(stream -> begin(stream, StartPosition.FROM_START));
    }

    private Opened begin(TableStream stream, StartPosition start) {
        Instant before = runtime.now();
        ShardLister lister = new ShardLister(client, stream.streamArn(), runtime);
        ShardLister.Listing listing = lister.list();
        Map<String, Checkpoint> first = ShardLineage.firstCheckpoints(listing.shards(), start,
                start == StartPosition.AT_TIMESTAMP ? settings.startTimestamp() : before);
        store.save(stream.streamArn(), first, first.keySet());
        StreamReading reading = readings.make(stream, lister, first);
        reading.takeLatest(first);
        return new Opened(reading, listing);
    }

    /** Nothing of it can be read, so whose keys these are does not matter; its unfinished shards report their gaps. */
    private TableStream gone(String streamArn) {
        TableStream present = finder.find();
        return new TableStream(present.tableName(), streamArn, present.partitionKey(), present.sortKey());
    }
}
