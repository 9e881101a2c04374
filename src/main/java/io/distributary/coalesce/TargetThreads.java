package io.distributary.coalesce;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.distributary.errors.OutOfMemory;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of one producer, made by Camel's executor service manager; idle ones end after a minute. */
public final class TargetThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TargetThreads.class);

    private final ExecutorServiceManager manager;
    private final ExecutorService senders;
    private final ExecutorService workers;
    private final ScheduledExecutorService timer;
    private final int width;

    /**
     * @param name    of the threads
     * @param senders threads that call the target, 0 for a transport that never blocks
     * @param workers threads that continue routes
     */
    public TargetThreads(CamelContext context, Object source, String name, int senders, int workers) {
        this.manager = context.getExecutorServiceManager();
        this.senders = senders == 0 ? null : pool(source, name + "Send", senders);
        this.workers = pool(source, name + "Answer", workers);
        this.timer = manager.newScheduledThreadPool(source, name + "Timer",
                new ThreadPoolProfileBuilder(name + "Timer").poolSize(1).maxPoolSize(1).maxQueueSize(-1).build());
        this.width = workers;
    }

    /** With a queue: without one Camel lets the caller run what finds no idle thread. */
    private ExecutorService pool(Object source, String name, int threads) {
        return manager.newThreadPool(source, name, new ThreadPoolProfileBuilder(name).poolSize(threads).maxPoolSize(threads)
                .maxQueueSize(Integer.MAX_VALUE).keepAliveTime(60L, TimeUnit.SECONDS).allowCoreThreadTimeOut(true).build());
    }

    public Coalescer.Threads forCoalescer() {
        return new Coalescer.Threads(senders == null ? Runnable::run : senders, workers, width,
                this::schedule, System::nanoTime, () -> ThreadLocalRandom.current().nextLong());
    }

    private void schedule(Runnable task, long nanos) {
        try {
            timer.schedule(() -> run(task), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            if (!timer.isShutdown()) {
                throw e;
            }
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            OutOfMemory.check(e);
            LOG.error("A task of a target's timer failed unexpectedly; please report this", e);
        }
    }

    /** Close the coalescer first. */
    @Override
    public void close() {
        manager.shutdownNow(timer);
        if (senders != null) {
            manager.shutdown(senders);
        }
        manager.shutdown(workers);
    }
}
