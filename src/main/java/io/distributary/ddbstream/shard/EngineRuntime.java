package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** The threads, the time and the chance an engine runs on. */
public interface EngineRuntime {
    /** Runs a task that calls AWS. */
    void io(Runnable task);

    /** Runs a task that calls the route. */
    void work(Runnable task);

    /** Runs a task that stores checkpoints; one at a time, never behind the {@link #io} tasks. */
    void store(Runnable task);

    /** How many {@link #work} tasks one shard may keep busy. */
    int workersPerShard();

    /** Runs a short task after a delay; it is dropped when the engine's threads end. */
    void schedule(Duration delay, Runnable task);

    /** As {@link #io}, after a delay. */
    default void ioLater(Duration delay, Runnable task) {
        schedule(delay, () -> io(task));
    }

    Instant now();

    RandomGenerator random();
}
