package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.checkpoint.CheckpointStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one table's stream in this process alone, with the checkpoints in a {@link CheckpointStore}. */
public final class LocalEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(LocalEngine.class);
    private static final String CONNECTING = "finding the stream and its shards";
    private static final Backoff CONNECT = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final String table;
    private final EngineSettings settings;
    private final EngineRuntime runtime;
    private final StreamFinder finder;
    private final StreamsClient client;
    private final CheckpointStore store;
    private final RecordHandler handler;
    private final Trouble trouble;
    private final ByteBudget budget;
    /** Held while the store is opened or closed, so that a stop never leaves an opened one behind. */
    private final Object ownership = new Object();
    private boolean owned;

    private StreamReading reading;
    private boolean suspended;
    private boolean stopped;
    private int attempts;

    public LocalEngine(String table, EngineSettings settings, EngineRuntime runtime, StreamFinder finder, StreamsClient client,
            CheckpointStore store, RecordHandler handler) {
        this.table = table;
        this.settings = settings;
        this.runtime = runtime;
        this.finder = finder;
        this.client = client;
        this.store = store;
        this.handler = handler;
        this.trouble = new Trouble(table);
        this.budget = new ByteBudget(settings.maxBufferedBytes());
    }

    @Override
    public void start() {
        boolean started = false;
        try {
            connect();
            started = true;
        } catch (RuntimeException e) {
            if (e instanceof StreamUnavailableException || e instanceof CheckpointException own && !own.isRetryable()) {
                throw e;
            }
            retryLater(e);
            started = true;
        } finally {
            if (!started) {
                disown();
            }
        }
    }

    /** False when the engine was stopped first. */
    private boolean own() {
        synchronized (ownership) {
            if (!owned && !stopped()) {
                store.open();
                owned = true;
            }
            return owned;
        }
    }

    private void disown() {
        synchronized (ownership) {
            owned = false;
            store.close();
        }
    }

    private void connect() {
        if (!own()) {
            return;
        }
        TableStream stream = finder.find();
        ShardLister lister = new ShardLister(client, stream.streamArn());
        Instant before = runtime.now();
        ShardLister.Listing listing = lister.list();
        Optional<Map<String, Checkpoint>> stored = store.load(stream.streamArn());
        Map<String, Checkpoint> checkpoints = stored.orElseGet(() -> firstCheckpoints(stream, listing.shards(), before));
        CheckpointKeeper keeper = new CheckpointKeeper(store, stream.streamArn(), checkpoints, trouble);
        StreamReading next = new StreamReading(stream, settings, runtime, client, lister, keeper, trouble, budget, handler);
        if (stored.isEmpty()) {
            next.takeLatest(checkpoints);
        }
        synchronized (this) {
            if (stopped) {
                return;
            }
            reading = next;
            if (suspended) {
                reading.suspend();
            }
            trouble.end(CONNECTING);
            reading.start(listing);
        }
    }

    private Map<String, Checkpoint> firstCheckpoints(TableStream stream, List<ListedShard> shards, Instant now) {
        StartPosition start = settings.start();
        Set<String> others = store.streams();
        if (!others.isEmpty()) {
            // a stream that was switched off and on again: what it holds was written after the last stop
            LOG.warn("Table {}: the stream is new ({}); checkpoints exist for {}. Reading the new one from its oldest record; "
                    + "what was unread in the old one stays unread.", table, stream.streamArn(), others);
            start = StartPosition.FROM_START;
        }
        Map<String, Checkpoint> first = ShardLineage.firstCheckpoints(shards, start, now);
        store.save(stream.streamArn(), first, first.keySet());
        return first;
    }

    private void retryLater(RuntimeException failure) {
        if (stopped()) {
            return;
        }
        boolean clear = failure instanceof StreamUnavailableException || failure instanceof CheckpointException;
        trouble.begin(CONNECTING, clear ? failure.getMessage() : StreamErrors.reason(failure));
        runtime.schedule(CONNECT.delay(++attempts, runtime.random()), () -> runtime.io(this::connectAgain));
    }

    private void connectAgain() {
        if (stopped()) {
            return;
        }
        try {
            connect();
        } catch (RuntimeException e) {
            retryLater(e);
        }
    }

    @Override
    public synchronized void suspend() {
        suspended = true;
        if (reading != null) {
            reading.suspend();
        }
    }

    @Override
    public synchronized void resume() {
        suspended = false;
        if (reading != null) {
            reading.resume();
        }
    }

    @Override
    public int inFlight() {
        StreamReading current = current();
        return current == null ? 0 : current.inFlight();
    }

    @Override
    public void stop() {
        StreamReading current;
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
            current = reading;
        }
        if (current != null) {
            current.stop();
        }
        disown();
    }

    @Override
    public EngineStatus status() {
        StreamReading current = current();
        String problem = trouble.current();
        if (current == null) {
            return new EngineStatus(table, null, state(EngineStatus.State.CONNECTING), problem, List.of());
        }
        String failure = current.failure();
        EngineStatus.State state = failure != null ? EngineStatus.State.FAILED
                : problem != null ? EngineStatus.State.RETRYING : EngineStatus.State.RUNNING;
        return new EngineStatus(table, current.streamArn(), state(state), failure != null ? failure : problem, current.shards());
    }

    private synchronized EngineStatus.State state(EngineStatus.State active) {
        return stopped ? EngineStatus.State.STOPPED : suspended ? EngineStatus.State.SUSPENDED : active;
    }

    private synchronized boolean stopped() {
        return stopped;
    }

    private synchronized StreamReading current() {
        return reading;
    }
}
