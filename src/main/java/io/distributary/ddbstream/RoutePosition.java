package io.distributary.ddbstream;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.Checkpoint.Position;
import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.checkpoint.CheckpointStore;
import io.distributary.ddbstream.checkpoint.CheckpointsInUseException;
import io.distributary.ddbstream.shard.StartPosition;
import io.distributary.ddbstream.shard.StreamFinder;
import io.distributary.ddbstream.shard.TableStream;

/**
 * From where a route reads a table, made sure to be before something else, without running the route: by its checkpoints, and
 * never by taking them away from an instance that runs. One thread.
 */
public final class RoutePosition implements AutoCloseable {
    /** How long an instance that has just started may take until its position is stored. */
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final String table;
    private final CheckpointStore store;
    private final StreamFinder finder;
    private final StartPosition start;
    private final FirstStore first;
    private final Consumer<Duration> pause;
    private boolean owned;

    /** Stores the first position of a stream, see {@link io.distributary.ddbstream.shard.FirstPosition}. */
    @FunctionalInterface
    interface FirstStore {
        void store(TableStream stream, CheckpointStore owned, Instant instant);
    }

    /** How it is with the route's checkpoints. */
    public enum State {
        /** There were none: the instant is stored. */
        STORED,
        /** There are none, and none were to be stored. */
        MISSING,
        /** There are some, and nobody owns them: they stay. */
        KEPT,
        /** An instance of the route runs: it has its position. */
        RUNNING
    }

    /**
     * What was found, or done.
     *
     * @param unread since when the route has to read shards of which it has read nothing, the earliest of them; null where there are none
     */
    public record Taken(State state, Instant unread) {
    }

    /** @param start of the route where it has no checkpoints */
    RoutePosition(String table, CheckpointStore store, StreamFinder finder, StartPosition start, FirstStore first,
            Consumer<Duration> pause) {
        this.table = table;
        this.store = store;
        this.finder = finder;
        this.start = start;
        this.first = first;
        this.pause = pause;
    }

    /**
     * Makes sure that the route, whenever it is started while the stream keeps the records, reads everything written from the
     * instant on. Where no instance runs, the checkpoints are owned from here on until {@link #close}, so that none starts.
     *
     * @param instant has passed; null where a position was taken before, and only is looked for
     * @throws CheckpointException and what the stream's finder throws
     */
    public Taken take(Instant instant) {
        try {
            store.open();
            owned = true;
        } catch (CheckpointsInUseException e) {
            awaitPosition();
            return new Taken(State.RUNNING, null);
        }
        Optional<String> stream = finder.resumable(store.streams());
        if (stream.isPresent()) {
            return new Taken(State.KEPT, unread(store.load(stream.get()).map(Map::values).orElse(List.of())));
        }
        if (instant == null) {
            return new Taken(State.MISSING, null);
        }
        first.store(finder.find(), store, instant);
        return new Taken(State.STORED, instant);
    }

    private static Instant unread(Collection<Checkpoint> checkpoints) {
        return checkpoints.stream()
                .filter(checkpoint -> checkpoint.position() == Position.LATEST || checkpoint.position() == Position.TRIM_HORIZON)
                .map(Checkpoint::instant).filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
    }

    /** An instance owns its checkpoints before it stores the first. One that starts at the oldest record needs none. */
    private void awaitPosition() {
        if (start == StartPosition.FROM_START) {
            return;
        }
        for (Duration waited = Duration.ZERO; store.streams().isEmpty(); waited = waited.plus(LOOK)) {
            if (waited.compareTo(START) > 0) {
                throw new CheckpointException("An instance of the route has owned the checkpoints of table '" + table
                        + "' for a minute and has not stored its position: see in its log, or its health, what it waits for");
            }
            pause.accept(LOOK);
        }
    }

    /** Gives the checkpoints up, where they are owned: instances of the route may start. */
    @Override
    public void close() {
        if (owned) {
            owned = false;
            store.close();
        }
    }
}
