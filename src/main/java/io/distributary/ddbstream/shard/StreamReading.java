package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.event.StreamSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

/** The shards of one stream being read: starts readers as the lineage allows, and keeps the checkpoints up to date. */
final class StreamReading implements ShardReader.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(StreamReading.class);

    private final TableStream stream;
    private final EngineSettings settings;
    private final EngineRuntime runtime;
    private final StreamsClient client;
    private final CheckpointKeeper keeper;
    private final Trouble trouble;
    private final ByteBudget budget;
    private final RecordHandler handler;
    private final EngineListener listener;
    private final ShardListings listings;
    private final String saving;

    private final Map<String, ShardReader> readers = new LinkedHashMap<>();
    private final Map<String, String> latestIterators = new HashMap<>();
    private final Map<String, String> gaps = new LinkedHashMap<>();
    private boolean suspended;
    private boolean stopped;

    /** @param onFinished called once, when the stream is switched off and everything it held is acknowledged */
    StreamReading(TableStream stream, EngineSettings settings, EngineRuntime runtime, StreamsClient client, ShardLister lister,
            CheckpointKeeper keeper, Trouble trouble, ByteBudget budget, RecordHandler handler,
            EngineListener listener, Runnable onFinished) {
        this.stream = stream;
        this.settings = settings;
        this.runtime = runtime;
        this.client = client;
        this.keeper = keeper;
        this.trouble = trouble;
        this.budget = budget;
        this.handler = handler;
        this.listener = listener;
        this.saving = trouble.named("storing the checkpoints of " + stream.streamArn());
        this.listings = new ShardListings(stream, lister, settings, runtime, keeper, trouble, this::read, onFinished);
    }

    String streamArn() {
        return stream.streamArn();
    }

    /**
     * On the very first start: takes the LATEST iterators now, so that "latest" is this moment. Where that fails, the
     * reader takes the shard's oldest records and skips what is older than the checkpoint's instant.
     */
    void takeLatest(Map<String, Checkpoint> checkpoints) {
        checkpoints.forEach((shardId, checkpoint) -> {
            if (checkpoint.position() == Checkpoint.Position.LATEST) {
                try {
                    latestIterators.put(shardId,
                            client.getShardIterator(stream.streamArn(), shardId, ShardIteratorType.LATEST, null));
                } catch (RuntimeException e) {
                    LOG.debug("Table {}, shard {}: no LATEST iterator, reading from the oldest record and skipping",
                            stream.tableName(), shardId, e);
                }
            }
        });
    }

    void start(ShardLister.Listing first) {
        listings.start(first);
        saveLater();
    }

    /** Starts a reader on every shard that may be read now and has none. */
    private synchronized void read(Map<String, Checkpoint> readable) {
        if (stopped) {
            return;
        }
        readable.forEach((shardId, checkpoint) -> {
            Checkpoint known = keeper.get(shardId); // newer than the plan, perhaps
            if (!readers.containsKey(shardId) && (known == null || !known.isShardEnd())) {
                Checkpoint from = dated(known == null || known.position() == Checkpoint.Position.AT_TIMESTAMP ? checkpoint : known);
                keeper.put(shardId, from);
                Instant overdue = ShardLineage.overdueSince(from, runtime.now());
                if (overdue != null) {
                    if (gaps.containsKey(shardId) || !overdue(shardId, overdue)) {
                        return;
                    }
                    from = Checkpoint.trimHorizon(runtime.now()).withVersion(from.version()); // told once
                    keeper.put(shardId, from);
                }
                ShardReader reader = reader(shardId, from);
                readers.put(shardId, reader);
                listener.reading(shardId, reader::deliveredUpTo);
                if (suspended) {
                    reader.suspend(false);
                } else {
                    reader.start(listings.started() ? Duration.ZERO : settings.initialDelay());
                }
            }
        });
    }

    private Checkpoint dated(Checkpoint from) {
        return from.position() == Checkpoint.Position.TRIM_HORIZON && from.instant() == null
                ? Checkpoint.trimHorizon(runtime.now()).withVersion(from.version()) : from;
    }

    private boolean overdue(String shardId, Instant since) {
        return gap(shardId, "of its first hours, if there were any,", "nothing of it was acknowledged since " + since);
    }

    private ShardReader reader(String shardId, Checkpoint from) {
        StreamSource source = stream.shard(shardId);
        return new ShardReader(shardId, new ShardCursor(source, client, from, latestIterators.remove(shardId), settings.orderBy()),
                onRoom -> new ShardFlow("Table " + stream.tableName() + ", shard " + shardId, settings, runtime, budget, handler,
                        onRoom, () -> drained(shardId)),
                settings, runtime, trouble, this);
    }

    private void drained(String shardId) {
        synchronized (this) {
            if (stopped) {
                return;
            }
            Checkpoint last = readers.remove(shardId).flow().checkpoint();
            Long version = (last == null ? keeper.get(shardId) : last).version();
            keeper.put(shardId, Checkpoint.shardEnd(runtime.now()).withVersion(version)); // its children go on from there
        }
        listener.finished(shardId);
        listings.shardEnded(shardId);
    }

    @Override
    public boolean gap(String shardId, String range, Throwable cause) {
        return gap(shardId, range, StreamErrors.reason(cause));
    }

    private boolean gap(String shardId, String range, String reason) {
        boolean goOn = settings.gapPolicy() == GapPolicy.CONTINUE;
        String message = "Table " + stream.tableName() + ", shard " + shardId + ": the records " + range
                + " are no longer in the stream, which keeps them for 24 hours (" + reason + "). "
                + (goOn ? "Going on with the oldest record that is left."
                        : "The shard and its children are not read any further; to go on with the oldest record that is "
                                + "left, set onGap=continue and restart the route.");
        LOG.error(message);
        listener.gap(shardId);
        if (!goOn) {
            synchronized (this) {
                gaps.put(shardId, message);
            }
        }
        return goOn;
    }

    @Override
    public boolean vanished(String shardId) {
        return listings.vanished(shardId);
    }

    @Override
    public boolean exhausted(String shardId) {
        boolean closed = listings.closed(shardId);
        if (closed) {
            LOG.warn("Table {}, shard {}: it is closed and nothing is left in it; going on with its children", stream.tableName(),
                    shardId);
        }
        return closed;
    }

    synchronized void suspend() {
        suspended = true;
        readers.values().forEach(reader -> reader.suspend(keeper.lost() == null));
    }

    synchronized void resume() {
        if (keeper.lost() != null) {
            return;
        }
        suspended = false;
        readers.values().forEach(ShardReader::resume);
    }

    synchronized int inFlight() {
        return readers.values().stream().mapToInt(reader -> reader.flow().inFlight()).sum();
    }

    void stop() {
        collect(); // before the flows are stopped: a stopped flow may be told of completions later
        synchronized (this) {
            stopped = true;
            readers.values().forEach(ShardReader::stop);
        }
        listings.stop();
        keeper.save();
    }

    private void saveLater() {
        runtime.heartbeats().expect(saving, settings.checkpointInterval());
        runtime.schedule(settings.checkpointInterval(), () -> runtime.store(() -> {
            synchronized (this) {
                if (stopped) {
                    runtime.heartbeats().rest(saving);
                    return;
                }
            }
            runtime.heartbeats().expect(saving, Duration.ZERO);
            collect();
            if (keeper.save()) {
                listener.checkpointed();
            }
            if (keeper.lost() != null) {
                suspend(); // another reads this stream now
                runtime.heartbeats().rest(saving);
                return;
            }
            saveLater();
        }));
    }

    private synchronized void collect() {
        if (stopped) {
            return;
        }
        readers.forEach((shardId, reader) -> {
            Checkpoint acknowledged = reader.flow().checkpoint();
            keeper.put(shardId, acknowledged != null ? acknowledged : keeper.get(shardId).emptyUpTo(reader.emptyUpTo()));
        });
    }

    /** What only a person can mend, or null. */
    synchronized String failure() {
        return keeper.lost() != null ? keeper.lost() : gaps.isEmpty() ? null : String.join(" ", gaps.values());
    }

    List<EngineSnapshot.Shard> snapshot() {
        List<ShardReader> now;
        Map<String, String> stopped;
        synchronized (this) {
            now = List.copyOf(readers.values());
            stopped = Map.copyOf(gaps);
        }
        return ShardView.all(listings.listed(), keeper.all(), now.stream().map(ShardReader::view).toList(), stopped);
    }

    synchronized List<EngineStatus.ShardStatus> shards() {
        return readers.values().stream().map(reader -> reader.flow().status(reader.shardId())).toList();
    }
}
