package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** The threads, the time, the chance and the share of the API's calls an engine runs on. */
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

    /** When DescribeStream may be called; the same for all engines that share the limit. */
    DescribePace describePace();

    /** Holds this thread: for calls that must be made before a start returns. Throws when the engine's threads end. */
    void pause(Duration time);

    /** Holds this thread until DescribeStream may be called, once. */
    default void awaitDescribeTurn() {
        Duration wait = describePace().take(now(), true);
        while (!wait.isZero()) {
            pause(wait);
            wait = describePace().take(now(), true);
        }
    }

    Instant now();

    /** What is expected of the engines' loops. */
    Heartbeats heartbeats();

    RandomGenerator random();
}
