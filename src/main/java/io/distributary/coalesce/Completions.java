package io.distributary.coalesce;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Runs completions, which continue routes and may block, on a few workers: a worker goes from one to the next, and while
 * there are more another is hired, so that one that blocks holds up no other.
 */
final class Completions {
    private final Executor executor;
    private final int maxWorkers;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int workers;

    Completions(Executor executor, int maxWorkers) {
        this.executor = executor;
        this.maxWorkers = maxWorkers;
    }

    void add(List<Runnable> completions) {
        if (completions.isEmpty()) {
            return;
        }
        boolean hire;
        synchronized (this) {
            waiting.addAll(completions);
            hire = hire();
        }
        if (hire) {
            executor.execute(this::work);
        }
    }

    private void work() {
        while (true) {
            Runnable next;
            boolean hire;
            synchronized (this) {
                next = waiting.pollFirst();
                if (next == null) {
                    workers--;
                    return;
                }
                hire = hire();
            }
            if (hire) {
                executor.execute(this::work);
            }
            boolean ended = false;
            try {
                next.run();
                ended = true;
            } finally {
                if (!ended) {
                    replace();
                }
            }
        }
    }

    /** This worker's thread goes down with what the completion threw; another goes on. */
    private void replace() {
        boolean hire;
        synchronized (this) {
            workers--;
            hire = hire();
        }
        if (hire) {
            executor.execute(this::work);
        }
    }

    private boolean hire() {
        boolean hire = !waiting.isEmpty() && workers < maxWorkers;
        workers += hire ? 1 : 0;
        return hire;
    }
}
