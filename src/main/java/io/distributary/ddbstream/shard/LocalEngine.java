package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.checkpoint.CheckpointStore;
import io.distributary.retry.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one table's stream in this process alone, with the checkpoints in a {@link CheckpointStore}. */
public final class LocalEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(LocalEngine.class);
    private static final String CONNECTING = "finding the stream and its shards";
    private static final String FOLLOWING = "finding the table's next stream";
    private static final Backoff CONNECT = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final String table;
    private final EngineSettings settings;
    private final EngineRuntime runtime;
    private final StreamFinder finder;
    private final StreamsClient client;
    private final CheckpointStore store;
    private final RecordHandler handler;
    private final EngineListener listener;
    private final Trouble trouble;
    private final ByteBudget budget;
    /** Held while the store is opened or closed, so that a stop never leaves an opened one behind. */
    private final Object ownership = new Object();
    private boolean owned;
    private final StreamOpener opener;

    private StreamReading reading;
    /** Said while there is no next stream. */
    private String switchedOff;
    private boolean suspended;
    private boolean stopped;
    private int attempts;

    public LocalEngine(String table, EngineSettings settings, EngineRuntime runtime, StreamFinder finder, StreamsClient client,
            CheckpointStore store, RecordHandler handler, EngineListener listener) {
        this.table = table;
        this.settings = settings;
        this.runtime = runtime;
        this.finder = finder;
        this.client = new ObservedStreams(client, listener);
        this.store = store;
        this.handler = handler;
        this.listener = listener;
        this.trouble = new Trouble(table);
        this.budget = new ByteBudget(settings.maxBufferedBytes());
        this.opener = new StreamOpener(settings, runtime, finder, this.client, store, this::reading);
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
            tryLater(CONNECTING, e, this::connectAgain);
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
        StreamOpener.Opened opened = opener.first();
        done(CONNECTING);
        read(opened);
    }

    private StreamReading reading(TableStream stream, ShardLister lister, Map<String, Checkpoint> checkpoints) {
        return new StreamReading(stream, settings, runtime, client, lister,
                new CheckpointKeeper(store, stream.streamArn(), checkpoints, trouble), trouble, budget, handler,
                listener, () -> runtime.io(this::finished));
    }

    private synchronized void read(StreamOpener.Opened opened) {
        if (stopped) {
            return;
        }
        reading = opened.reading();
        switchedOff = null;
        attempts = 0;
        if (suspended) {
            reading.suspend();
        }
        reading.start(opened.listing());
    }

    /** The stream was switched off and everything it held is acknowledged. */
    private void finished() {
        LOG.info("Table {}: the stream {} was switched off and is read to its end", table, current().streamArn());
        follow();
    }

    private void follow() {
        if (stopped()) {
            return;
        }
        try {
            StreamReading done = current();
            done.stop(); // again, if its checkpoints could not be stored yet
            Optional<StreamOpener.Opened> next = opener.after(done.streamArn());
            done(FOLLOWING);
            if (next.isPresent()) {
                LOG.info("Table {}: reading the stream {} from its beginning", table, next.get().reading().streamArn());
                read(next.get());
            } else {
                waitForNext(finder.noneAfter(done.streamArn()));
            }
        } catch (RuntimeException e) {
            tryLater(FOLLOWING, e, this::follow);
        }
    }

    private void waitForNext(String message) {
        synchronized (this) {
            if (switchedOff == null) {
                LOG.warn(message);
            }
            switchedOff = message;
        }
        later(FOLLOWING, settings.shardRefreshInterval(), this::follow);
    }

    private void connectAgain() {
        if (stopped()) {
            return;
        }
        try {
            connect();
        } catch (RuntimeException e) {
            tryLater(CONNECTING, e, this::connectAgain);
        }
    }

    private void tryLater(String what, RuntimeException failure, Runnable again) {
        Duration delay;
        synchronized (this) {
            if (stopped) {
                return;
            }
            delay = CONNECT.delay(++attempts, runtime.random());
        }
        boolean clear = failure instanceof StreamUnavailableException || failure instanceof CheckpointException;
        trouble.begin(what, clear ? failure.getMessage() : StreamErrors.reason(failure));
        later(what, delay, again);
    }

    private void done(String what) {
        trouble.end(what);
        runtime.heartbeats().rest(trouble.named(what));
    }

    private void later(String what, Duration delay, Runnable task) {
        String loop = trouble.named(what);
        runtime.heartbeats().expect(loop, delay);
        runtime.schedule(delay, () -> runtime.io(() -> {
            if (stopped()) {
                runtime.heartbeats().rest(loop);
                return;
            }
            runtime.heartbeats().expect(loop, Duration.ZERO);
            task.run();
        }));
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
        String failure = failure(current);
        EngineStatus.State state = failure != null ? EngineStatus.State.FAILED
                : problem != null ? EngineStatus.State.RETRYING : EngineStatus.State.RUNNING;
        return new EngineStatus(table, current.streamArn(), state(state), failure != null ? failure : problem, current.shards());
    }

    @Override
    public EngineSnapshot snapshot() {
        StreamReading current = current();
        return new EngineSnapshot(status(), budget.used(), settings.maxBufferedBytes(), current == null ? List.of() : current.snapshot());
    }

    private synchronized String failure(StreamReading current) {
        return switchedOff != null ? switchedOff : current.failure();
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
