package io.distributary.coalesce;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** Virtual time on one thread: tasks run in order of time, those of one moment as they came or at random. */
final class SimulatedThreads {
    private record Task(long at, int tie, Runnable run) {
    }

    private final Random random;
    private final boolean shuffle;
    private int count;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingInt(Task::tie));
    long nanos;

    SimulatedThreads(long seed, boolean shuffle) {
        this.shuffle = shuffle;
        this.random = new Random(seed);
    }

    Random random() {
        return random;
    }

    void later(Runnable task, long delay) {
        tasks.add(new Task(nanos + delay, shuffle ? random.nextInt() : count++, task));
    }

    Coalescer.Threads threads() {
        return new Coalescer.Threads(task -> later(task, 0), task -> later(task, 0), 4, this::later, () -> nanos, random);
    }

    /** Runs until nothing is left to do. */
    void run() {
        runUntil(Long.MAX_VALUE);
    }

    void runUntil(long end) {
        while (!tasks.isEmpty() && tasks.peek().at() <= end) {
            Task task = tasks.poll();
            nanos = Math.max(nanos, task.at());
            task.run().run();
        }
        nanos = end == Long.MAX_VALUE ? nanos : Math.max(nanos, end);
    }
}
