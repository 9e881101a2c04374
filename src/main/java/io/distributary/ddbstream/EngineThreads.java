package io.distributary.ddbstream;

import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.distributary.ddbstream.shard.DescribePace;
import io.distributary.ddbstream.shard.EngineRuntime;
import io.distributary.ddbstream.shard.Heartbeats;
import io.distributary.errors.OutOfMemory;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of one consumer, few whatever the number of shards. */
final class EngineThreads implements EngineRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(EngineThreads.class);
    /** Before, a virtual thread that blocks inside synchronized code holds its carrier thread (JEP 491). */
    private static final int FREE_VIRTUAL_THREADS = 24;

    private final ExecutorServiceManager manager;
    private final ScheduledExecutorService io;
    private final ExecutorService workers;
    private final ExecutorService store;
    private final ScheduledExecutorService timer;
    private final int workersPerShard;
    private final BusyWorkers busy;
    private final Heartbeats heartbeats;
    private final DescribePace describePace;
    private final CountDownLatch stopping = new CountDownLatch(1);

    EngineThreads(ExecutorServiceManager manager, DdbStreamConfiguration options, DescribePace describePace) {
        this.manager = manager;
        this.describePace = describePace;
        String table = options.getTableName();
        this.io = timer("DdbStreamReader-" + table, options.getReaders());
        this.store = pool("DdbStreamCheckpoints-" + table, 1);
        this.timer = timer("DdbStreamTimer-" + table, 1);
        boolean virtual = Runtime.version().feature() >= FREE_VIRTUAL_THREADS;
        this.workers = virtual ? virtualThreads() : pool("DdbStreamWorker-" + table, options.getWorkers());
        this.workersPerShard = virtual ? options.getMaxInFlight() : options.getWorkers();
        this.busy = new BusyWorkers(virtual ? Integer.MAX_VALUE : options.getWorkers(), System::nanoTime);
        this.heartbeats = new Heartbeats(System::nanoTime, busy::freeSince);
    }

    /** With a queue: without one Camel lets the caller run what finds no idle thread, nested in the task that asked. */
    private ExecutorService pool(String name, int threads) {
        return manager.newThreadPool(this, name, new ThreadPoolProfileBuilder(name).poolSize(threads).maxPoolSize(threads)
                .maxQueueSize(Integer.MAX_VALUE).keepAliveTime(60L, TimeUnit.SECONDS).allowCoreThreadTimeOut(true).build());
    }

    /** Without a bound: by default Camel refuses the 1,001st task that waits, and a refused retry would never be made. */
    private ScheduledExecutorService timer(String name, int threads) {
        return manager.newScheduledThreadPool(this, name,
                new ThreadPoolProfileBuilder(name).poolSize(threads).maxPoolSize(threads).maxQueueSize(-1).build());
    }

    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("This Java has no virtual threads: " + Runtime.version(), e);
        }
    }

    @Override
    public void io(Runnable task) {
        submit(io, task);
    }

    @Override
    public void work(Runnable task) {
        submit(workers, () -> busy.run(task));
    }

    @Override
    public void store(Runnable task) {
        submit(store, task);
    }

    @Override
    public int workersPerShard() {
        return workersPerShard;
    }

    @Override
    public void schedule(Duration delay, Runnable task) {
        later(timer, delay, task);
    }

    @Override
    public void ioLater(Duration delay, Runnable task) {
        later(io, delay, task);
    }

    private void later(ScheduledExecutorService executor, Duration delay, Runnable task) {
        try {
            executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            ignoreIfStopped(e);
        }
    }

    private void submit(ExecutorService executor, Runnable task) {
        try {
            executor.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            ignoreIfStopped(e);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            OutOfMemory.check(e);
            LOG.error("A task of the DynamoDB Streams source failed unexpectedly; please report this", e);
        }
    }

    private void ignoreIfStopped(RejectedExecutionException e) {
        if (stopping.getCount() > 0) {
            throw e;
        }
    }

    @Override
    public DescribePace describePace() {
        return describePace;
    }

    @Override
    public void pause(Duration time) {
        boolean stopped;
        try {
            stopped = stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
        if (stopped) {
            throw new IllegalStateException("stopped while waiting for a turn to call DescribeStream");
        }
    }

    @Override
    public Heartbeats heartbeats() {
        return heartbeats;
    }

    @Override
    public Instant now() {
        return Clock.systemUTC().instant();
    }

    @Override
    public RandomGenerator random() {
        return ThreadLocalRandom.current();
    }

    void stop() {
        stopping.countDown();
        manager.shutdownNow(timer);
        manager.shutdownNow(io);
        manager.shutdownNow(store);
        manager.shutdownNow(workers);
    }
}
