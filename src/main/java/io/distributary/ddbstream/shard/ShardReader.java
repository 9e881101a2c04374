package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import io.distributary.errors.OutOfMemory;
import io.distributary.retry.Backoff;

/**
 * Reads one shard, page by page, into its {@link ShardFlow}. Holds a thread only during a call: between calls it is a
 * scheduled task, or waits for room.
 */
final class ShardReader {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
    /** An iterator may have become useless without a word, as those of a restarted emulator do. */
    private static final int TRIES_PER_ITERATOR = 3;

    private enum State {
        SCHEDULED,
        READING,
        FULL,
        SUSPENDED,
        FINISHED
    }

    /** What the reader tells its engine. */
    interface Listener {
        /** The records in {@code range}, as {@code after 17}, are gone; true to go on with the oldest that is left. */
        boolean gap(String shardId, String range, Throwable cause);

        /** True when a listing no longer holds the shard that was made since this was first asked. */
        boolean vanished(String shardId);

        /** The oldest record that is left cannot be read; true when none is left and none will come. */
        boolean exhausted(String shardId);
    }

    private final String shardId;
    private final ShardCursor cursor;
    private final ShardFlow flow;
    private final EngineSettings settings;
    private final EngineRuntime runtime;
    private final Trouble trouble;
    private final Listener listener;
    private final String reading;
    private final String loop;

    private State state = State.SUSPENDED;
    private boolean suspendRequested;
    private boolean finishRequested;
    private int turn;

    private volatile Instant readUpTo;
    private volatile Instant emptyUpTo;

    // touched by one turn at a time
    private final PollPace pace;
    private String trimmedAt;
    private int failures;
    /** The last failures in a row that were of trimmed data, each on an iterator of its own. */
    private int trimmed;

    /** @param flow makes the flow, given what to call when there is room */
    ShardReader(String shardId, ShardCursor cursor, Function<Runnable, ShardFlow> flow,
            EngineSettings settings, EngineRuntime runtime, Trouble trouble, Listener listener) {
        this.shardId = shardId;
        this.cursor = cursor;
        this.settings = settings;
        this.runtime = runtime;
        this.trouble = trouble;
        this.listener = listener;
        this.reading = "reading shard " + shardId;
        this.loop = trouble.named(reading);
        this.pace = new PollPace(settings.minPollInterval(), settings.maxPollInterval());
        this.flow = flow.apply(this::roomAgain);
    }

    String shardId() {
        return shardId;
    }

    ShardFlow flow() {
        return flow;
    }

    /** As {@link Progress#deliveredUpTo}. */
    Instant deliveredUpTo() {
        return Progress.deliveredUpTo(flow.oldest(), readUpTo);
    }

    /** Until when the shard had nothing at all; null where it has, or nothing is known yet. */
    Instant emptyUpTo() {
        return emptyUpTo;
    }

    ShardView view() {
        State now;
        synchronized (this) {
            now = state;
        }
        ShardView.Phase phase = switch (now) {
            case SCHEDULED, READING -> ShardView.Phase.READING;
            case FULL -> ShardView.Phase.FULL;
            case SUSPENDED -> ShardView.Phase.SUSPENDED;
            case FINISHED -> ShardView.Phase.ENDED;
        };
        return new ShardView(shardId, phase, trouble.reason(reading), cursor.position(), flow.checkpoint(), deliveredUpTo(), flow.view());
    }

    synchronized void start(Duration delay) {
        schedule(delay);
    }

    /** @param finishing as in {@link ShardFlow#suspend} */
    synchronized void suspend(boolean finishing) {
        flow.suspend(finishing);
        if (state == State.READING) {
            suspendRequested = true;
        } else if (state != State.FINISHED) {
            rest(State.SUSPENDED);
        }
    }

    synchronized void resume() {
        suspendRequested = false;
        flow.resume();
        if (state == State.SUSPENDED) {
            scheduleWhenRoom();
        }
    }

    synchronized void stop() {
        flow.stop();
        finishRequested = true;
        if (state != State.READING) {
            state = State.FINISHED;
        }
        runtime.heartbeats().rest(loop);
        trouble.end(reading);
    }

    private void rest(State resting) {
        state = resting;
        runtime.heartbeats().rest(loop);
    }

    private synchronized void roomAgain() {
        if (state == State.FULL) {
            schedule(Duration.ZERO);
        }
    }

    private void scheduleWhenRoom() {
        if (flow.roomOrCall()) {
            schedule(Duration.ZERO);
        } else {
            rest(State.FULL);
        }
    }

    private void schedule(Duration delay) {
        state = State.SCHEDULED;
        int mine = ++turn;
        runtime.heartbeats().expect(loop, delay);
        if (delay.isZero()) {
            runtime.io(() -> turn(mine));
        } else {
            runtime.ioLater(delay, () -> turn(mine));
        }
    }

    private void turn(int mine) {
        synchronized (this) {
            if (state != State.SCHEDULED || mine != turn) {
                return; // suspended, resumed or stopped meanwhile
            }
            state = State.READING;
            runtime.heartbeats().expect(loop, Duration.ZERO);
        }
        Duration next;
        try {
            next = read();
            failures = 0;
            trimmed = 0;
            trimmedAt = null;
            trouble.end(reading);
        } catch (RuntimeException | Error e) {
            OutOfMemory.check(e);
            next = finishing() ? null : recover(e);
            if (next == null) {
                trouble.end(reading); // nothing is tried again
            }
        }
        synchronized (this) {
            if (next == null || finishRequested) {
                rest(State.FINISHED);
            } else if (suspendRequested) {
                suspendRequested = false;
                rest(State.SUSPENDED);
            } else if (next.isZero()) {
                scheduleWhenRoom();
            } else {
                schedule(next);
            }
        }
    }

    /** True when a call may have failed because the threads are being ended. */
    private synchronized boolean finishing() {
        return finishRequested;
    }

    /** Reads one page; answers the delay before the next, or null after the last. */
    private Duration read() {
        Instant asked = runtime.now();
        ShardCursor.Page page = cursor.read(settings.maxResultsPerRequest());
        readUpTo = page.newest() == null ? asked : page.newest();
        if (page.empty() && cursor.position().sequenceNumber() == null) {
            emptyUpTo = asked;
        }
        flow.add(page.records());
        cursor.moveBehind(page);
        if (page.last()) {
            flow.end();
            return null;
        }
        return pace.after(page.empty());
    }

    /** Answers the delay before the next try, or null to give up. */
    private Duration recover(Throwable error) {
        StreamErrors.Kind kind = StreamErrors.kind(error);
        failures++;
        trimmed = kind == StreamErrors.Kind.TRIMMED ? trimmed + 1 : 0;
        if (kind != StreamErrors.Kind.TRANSIENT || failures > TRIES_PER_ITERATOR) {
            cursor.dropIterator();
        }
        String reason = StreamErrors.reason(error);
        try {
            if (kind == StreamErrors.Kind.EXPIRED_ITERATOR && failures == 1) {
                return Duration.ZERO;
            } else if (kind == StreamErrors.Kind.TRIMMED && cursor.position().sequenceNumber() != null) {
                return trimmed(error);
            } else if (trimmed > TRIES_PER_ITERATOR && listener.exhausted(shardId)) {
                flow.end();
                return null;
            } else if (kind == StreamErrors.Kind.NOT_FOUND && listener.vanished(shardId)) {
                return vanished(error);
            }
        } catch (RuntimeException e) {
            reason = StreamErrors.reason(e);
        }
        // a TRIM_HORIZON iterator of a still empty child may report trimmed data by mistake: a new one helps
        if (kind != StreamErrors.Kind.TRIMMED || failures > 1) {
            trouble.begin(reading, reason);
        }
        return BACKOFF.delay(failures, runtime.random());
    }

    /** An iterator can have been overtaken by the trimming; a new one at the same position tells. */
    private Duration trimmed(Throwable error) {
        String position = cursor.position().sequenceNumber();
        if (!position.equals(trimmedAt)) {
            trimmedAt = position;
            return Duration.ZERO;
        }
        String range = "after " + position + cursor.oldestLeft().map(" and before %s, the oldest that is left,"::formatted)
                .orElse(" (nothing that can be read is left in the shard now)");
        if (!listener.gap(shardId, range, error)) {
            return null;
        }
        cursor.toTrimHorizon();
        return Duration.ZERO;
    }

    private Duration vanished(Throwable error) {
        if (listener.gap(shardId, "after " + cursor.position() + " up to the shard's end", error)) {
            flow.end();
        }
        return null;
    }
}
