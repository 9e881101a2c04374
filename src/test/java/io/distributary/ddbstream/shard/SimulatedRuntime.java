package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** All of an engine's threads on the test's one, in an order and at a time that a seed decides. */
final class SimulatedRuntime implements EngineRuntime {
    private final Random random;
    private final int workersPerShard;
    private final TreeMap<Instant, List<Runnable>> tasks = new TreeMap<>();
    private final DescribePace describePace = new DescribePace();
    private final Heartbeats heartbeats = new Heartbeats(this::nanos, () -> Long.MIN_VALUE / 2);
    /** Those that run nothing any more. */
    final Set<Pool> dead = EnumSet.noneOf(Pool.class);
    private Instant now;

    /** The threads that an engine runs on. */
    enum Pool {
        IO, WORK, STORE, TIMER
    }

    SimulatedRuntime(long seed, int workersPerShard, Instant now) {
        this.random = new Random(seed);
        this.workersPerShard = workersPerShard;
        this.now = now;
    }

    /** Runs one of the tasks that are due, or moves the time to the next one; false when there is nothing to do ever. */
    boolean step() {
        if (tasks.isEmpty()) {
            return false;
        }
        if (tasks.firstKey().isAfter(now)) {
            // Nothing is left to do now: a step that should have been taken never will be.
            assertTrue(!dead.isEmpty() || heartbeats.overdue(Duration.ZERO).isEmpty(), () -> heartbeats.overdue(Duration.ZERO).toString());
            now = tasks.firstKey();
            return true;
        }
        Map.Entry<Instant, List<Runnable>> due = tasks.firstEntry();
        for (Map.Entry<Instant, List<Runnable>> others : tasks.headMap(now, true).entrySet()) {
            due = random.nextBoolean() ? others : due;
        }
        Runnable task = due.getValue().remove(random.nextInt(due.getValue().size()));
        if (due.getValue().isEmpty()) {
            tasks.remove(due.getKey());
        }
        task.run();
        return true;
    }

    void runFor(Duration time) {
        Instant end = now.plus(time);
        while (!tasks.isEmpty() && !tasks.firstKey().isAfter(end)) {
            step();
        }
        now = end;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    private void add(Pool pool, Duration delay, Runnable task) {
        Runnable action = () -> {
            if (!dead.contains(pool)) {
                task.run();
            }
        };
        tasks.computeIfAbsent(now.plus(delay), due -> new ArrayList<>()).add(action);
    }

    @Override
    public void io(Runnable task) {
        add(Pool.IO, Duration.ZERO, task);
    }

    @Override
    public void work(Runnable task) {
        add(Pool.WORK, Duration.ZERO, task);
    }

    @Override
    public void store(Runnable task) {
        add(Pool.STORE, Duration.ZERO, task);
    }

    @Override
    public int workersPerShard() {
        return workersPerShard;
    }

    @Override
    public void schedule(Duration delay, Runnable task) {
        add(Pool.TIMER, delay, task);
    }

    @Override
    public DescribePace describePace() {
        return describePace;
    }

    @Override
    public void pause(Duration time) {
        advance(time);
    }

    @Override
    public Instant now() {
        return now;
    }

    private long nanos() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    @Override
    public Heartbeats heartbeats() {
        return heartbeats;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }
}
