package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.event.ChangeEvent;
import io.distributary.event.StreamSource;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

/**
 * Reads one shard, page by page, into its {@link ShardFlow}. Holds a thread only during a call: between calls it is a
 * scheduled task, or waits for room.
 */
final class ShardReader {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
    /** Creation times are cut to the second (DynamoDB Local: to the minute) and clocks differ. */
    private static final Duration LATEST_TOLERANCE = Duration.ofSeconds(60);
    /** An iterator may have become useless without a word, as those of a restarted emulator do. */
    private static final int TRIES_PER_ITERATOR = 3;
    /** Bytes a record without a size is counted as. */
    private static final int UNKNOWN_SIZE = 1024;

    private enum State {
        SCHEDULED,
        READING,
        FULL,
        SUSPENDED,
        FINISHED
    }

    /** What the reader tells its engine. */
    interface Listener {
        /** Records after {@code from} are gone; true to go on with the oldest that is left. */
        boolean gap(ShardReader reader, String from, Throwable cause);

        /** True when a new listing no longer holds the shard. */
        boolean vanished(String shardId);
    }

    private final StreamSource source;
    private final EngineSettings settings;
    private final EngineRuntime runtime;
    private final StreamsClient client;
    private final Trouble trouble;
    private final Listener listener;
    private final ShardFlow flow;
    private final String reading;

    private State state = State.SUSPENDED;
    private boolean suspendRequested;
    private boolean finishRequested;
    private int turn;

    // touched by one turn at a time
    private Checkpoint position;
    private String iterator;
    private Instant skipBefore;
    private String trimmedAt;
    private int failures;

    /** @param iterator taken at the position already, or null */
    ShardReader(StreamSource source, Checkpoint position, String iterator, EngineSettings settings, EngineRuntime runtime,
            StreamsClient client, Trouble trouble, ByteBudget budget, RecordHandler handler, Listener listener,
            Runnable onDrained) {
        this.source = source;
        this.position = position;
        this.iterator = iterator;
        this.settings = settings;
        this.runtime = runtime;
        this.client = client;
        this.trouble = trouble;
        this.listener = listener;
        this.reading = "reading shard " + source.shardId();
        this.flow = new ShardFlow("Table " + source.tableName() + ", shard " + source.shardId(), settings, runtime, budget,
                handler, this::roomAgain, onDrained);
    }

    String shardId() {
        return source.shardId();
    }

    ShardFlow flow() {
        return flow;
    }

    synchronized void start(Duration delay) {
        schedule(delay);
    }

    synchronized void suspend() {
        flow.suspend();
        if (state == State.READING) {
            suspendRequested = true;
        } else if (state != State.FINISHED) {
            state = State.SUSPENDED;
        }
    }

    synchronized void resume() {
        suspendRequested = false;
        flow.resume();
        if (state == State.SUSPENDED) {
            if (flow.roomOrCall()) {
                schedule(Duration.ZERO);
            } else {
                state = State.FULL;
            }
        }
    }

    synchronized void stop() {
        flow.stop();
        finishRequested = true;
        if (state != State.READING) {
            state = State.FINISHED;
        }
        trouble.end(reading);
    }

    private synchronized void roomAgain() {
        if (state == State.FULL) {
            schedule(Duration.ZERO);
        }
    }

    private void schedule(Duration delay) {
        state = State.SCHEDULED;
        int mine = ++turn;
        if (delay.isZero()) {
            runtime.io(() -> turn(mine));
        } else {
            runtime.schedule(delay, () -> runtime.io(() -> turn(mine)));
        }
    }

    private void turn(int mine) {
        synchronized (this) {
            if (state != State.SCHEDULED || mine != turn) {
                return; // suspended, resumed or stopped meanwhile
            }
            state = State.READING;
        }
        Duration next;
        try {
            next = read();
            failures = 0;
            trouble.end(reading);
        } catch (RuntimeException | Error e) {
            next = finishing() ? null : recover(e);
        }
        synchronized (this) {
            if (next == null || finishRequested) {
                state = State.FINISHED;
            } else if (suspendRequested) {
                suspendRequested = false;
                state = State.SUSPENDED;
            } else if (!next.isZero() || flow.roomOrCall()) {
                schedule(next);
            } else {
                state = State.FULL;
            }
        }
    }

    /** True when a call may have failed because the threads are being ended. */
    private synchronized boolean finishing() {
        return finishRequested;
    }

    /** Reads one page; answers the delay before the next, or null after the last. */
    private Duration read() {
        if (iterator == null) {
            iterator = acquire();
        }
        GetRecordsResponse page = client.getRecords(iterator, settings.maxResultsPerRequest());
        trimmedAt = null;
        List<Record> records = page.records();
        if (!records.isEmpty()) {
            List<Slot> slots = new ArrayList<>(records.size());
            for (Record record : records) {
                if (!skip(record)) {
                    slots.add(slot(record));
                }
            }
            flow.add(slots);
            position = Checkpoint.after(records.get(records.size() - 1).dynamodb().sequenceNumber());
        }
        iterator = page.nextShardIterator();
        if (iterator == null) {
            flow.end();
            return null;
        }
        return records.isEmpty() ? settings.idleDelay() : Duration.ZERO;
    }

    private String acquire() {
        if (position.sequenceNumber() != null) {
            return client.getShardIterator(source.streamArn(), shardId(), ShardIteratorType.AFTER_SEQUENCE_NUMBER,
                    position.sequenceNumber());
        }
        if (position.position() == Checkpoint.Position.LATEST) {
            // LATEST now would be later than it was at the first start
            skipBefore = position.instant().minus(LATEST_TOLERANCE);
        }
        return client.getShardIterator(source.streamArn(), shardId(), ShardIteratorType.TRIM_HORIZON, null);
    }

    private boolean skip(Record record) {
        if (skipBefore == null) {
            return false;
        }
        Instant created = record.dynamodb().approximateCreationDateTime();
        if (created != null && created.isBefore(skipBefore)) {
            return true;
        }
        skipBefore = null;
        return false;
    }

    private Slot slot(Record record) {
        ChangeEvent event = ChangeEvent.of(record, source);
        Long size = record.dynamodb().sizeBytes();
        return new Slot(event, event.itemKey(), event.sequenceNumber(), size == null ? UNKNOWN_SIZE : size.intValue());
    }

    /** Answers the delay before the next try, or null to give up. */
    private Duration recover(Throwable error) {
        StreamErrors.Kind kind = StreamErrors.kind(error);
        failures++;
        if (kind != StreamErrors.Kind.TRANSIENT || failures > TRIES_PER_ITERATOR) {
            iterator = null;
        }
        if (kind == StreamErrors.Kind.EXPIRED_ITERATOR && failures == 1) {
            return Duration.ZERO;
        }
        if (kind == StreamErrors.Kind.TRIMMED && position.sequenceNumber() != null) {
            return trimmed(error);
        }
        if (kind == StreamErrors.Kind.NOT_FOUND) {
            try {
                if (listener.vanished(shardId())) {
                    return gone(error);
                }
            } catch (RuntimeException e) {
                trouble.begin(reading, StreamErrors.reason(e));
                return BACKOFF.delay(failures, runtime.random());
            }
        }
        // a TRIM_HORIZON iterator of a still empty child may report trimmed data by mistake: a new one helps
        if (kind != StreamErrors.Kind.TRIMMED || failures > 1) {
            trouble.begin(reading, StreamErrors.reason(error));
        }
        return BACKOFF.delay(failures, runtime.random());
    }

    /** An iterator can have been overtaken by the trimming; a new one at the same position tells. */
    private Duration trimmed(Throwable error) {
        if (!position.sequenceNumber().equals(trimmedAt)) {
            trimmedAt = position.sequenceNumber();
            return Duration.ZERO;
        }
        if (!listener.gap(this, position.toString(), error)) {
            return null;
        }
        position = Checkpoint.trimHorizon();
        trimmedAt = null;
        return Duration.ZERO;
    }

    private Duration gone(Throwable error) {
        if (listener.gap(this, position.toString(), error)) {
            flow.end();
        }
        return null;
    }
}
