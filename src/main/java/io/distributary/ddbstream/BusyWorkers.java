package io.distributary.ddbstream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Whether a pool has a thread that is free: where all of them wait in the route, other records rightly wait too. Thread-safe. */
final class BusyWorkers {
    private final int threads;
    private final LongSupplier nanos;
    private final AtomicInteger running = new AtomicInteger();
    private volatile long freeSince;

    BusyWorkers(int threads, LongSupplier nanos) {
        this.threads = threads;
        this.nanos = nanos;
        this.freeSince = nanos.getAsLong();
    }

    void run(Runnable task) {
        running.incrementAndGet();
        try {
            task.run();
        } finally {
            if (running.get() >= threads) {
                freeSince = nanos.getAsLong();
            }
            running.decrementAndGet();
        }
    }

    /** Since when a thread is free, by the given clock; now while none is. */
    long freeSince() {
        return running.get() >= threads ? nanos.getAsLong() : freeSince;
    }
}
