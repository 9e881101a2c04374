package io.distributary.deadletter.store;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a server now and then that what it has handed out is still being worked on. */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final ScheduledExecutorService thread;
    private boolean failing;

    Heartbeat(String store, Duration period, Runnable beat) {
        thread = Executors.newSingleThreadScheduledExecutor(each -> {
            Thread made = new Thread(each, "dead-letters-heartbeat");
            made.setDaemon(true);
            return made;
        });
        thread.scheduleAtFixedRate(() -> {
            try {
                beat.run();
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    failing = true;
                    LOG.warn("Others may get what is being read from {}, as it cannot be kept from them: {}", store, e.getMessage());
                }
            }
        }, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns when no beat runs any more. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
