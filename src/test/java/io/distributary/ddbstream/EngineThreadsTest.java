package io.distributary.ddbstream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.distributary.ddbstream.shard.DescribePace;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertTrue;

class EngineThreadsTest {
    private static final int MANY = 100_000;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final CountDownLatch left = new CountDownLatch(MANY);
    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private EngineThreads engine;

    @AfterEach
    void stop() throws Exception {
        engine.stop();
        context.close();
    }

    /** As a busy shard does, whose worker goes to the end of the queue: run by the caller it would nest until the stack is full. */
    @Test
    void aWorkerThatGoesToTheEndOfTheQueueDoesNotNest() throws Exception {
        DdbStreamConfiguration options = new DdbStreamConfiguration();
        options.setTableName("orders");
        options.setWorkers(1);
        engine = new EngineThreads(context.getExecutorServiceManager(), options, new DescribePace());

        engine.work(this::again);

        assertTrue(left.await(60, TimeUnit.SECONDS), left.getCount() + " were not run");
        assertTrue(threads.stream().allMatch(name -> name.contains("DdbStreamWorker") || name.isEmpty()), threads::toString);
    }

    /** As many records that failed wait for their retry. */
    @Test
    void anyNumberOfTasksMayWait() {
        DdbStreamConfiguration options = new DdbStreamConfiguration();
        options.setTableName("orders");
        engine = new EngineThreads(context.getExecutorServiceManager(), options, new DescribePace());

        for (int i = 0; i < MANY; i++) {
            engine.schedule(Duration.ofHours(1), () -> { });
            engine.ioLater(Duration.ofHours(1), () -> { });
        }
    }

    private void again() {
        threads.add(Thread.currentThread().getName());
        left.countDown();
        if (left.getCount() > 0) {
            engine.work(this::again);
        }
    }
}
