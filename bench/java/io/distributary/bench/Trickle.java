package io.distributary.bench;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Few puts, evenly spread. */
final class Trickle {
    private Trickle() {
    }

    /**
     * Makes the puts, each at its time also when the one before was slow, and returns after the last.
     *
     * @param put gets their numbers, from 0
     */
    static void run(int puts, int perSecond, IntConsumer put) throws InterruptedException, ExecutionException {
        var timer = Executors.newSingleThreadScheduledExecutor();
        try {
            var due = new ArrayList<Future<?>>(puts);
            for (var number = 0; number < puts; number++) {
                var next = number;
                due.add(timer.schedule(() -> put.accept(next), TimeUnit.SECONDS.toNanos(number) / perSecond, TimeUnit.NANOSECONDS));
            }
            for (var done : due) {
                done.get();
            }
        } finally {
            timer.shutdownNow();
        }
    }
}
