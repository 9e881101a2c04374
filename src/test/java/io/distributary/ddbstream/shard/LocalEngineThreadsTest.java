package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import io.distributary.event.StreamSource;
import io.distributary.event.ChangePage;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** An engine on real threads: what the simulation, which runs one task at a time, cannot show. */
class LocalEngineThreadsTest implements EngineRuntime {
    private static final int WORKERS = 32;

    private final ExecutorService io = Executors.newFixedThreadPool(8);
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final ExecutorService store = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final FakeTable table = new FakeTable(Instant::now);
    private final FakeStream stream = table.current();
    private final MemoryCheckpoints checkpoints = new MemoryCheckpoints();
    private final DescribePace describePace = new DescribePace();
    private final Heartbeats heartbeats = new Heartbeats(System::nanoTime, () -> Long.MIN_VALUE / 2);
    private LocalEngine engine;

    @AfterEach
    void stop() {
        engine.stop();
        List.of(timer, io, workers, store).forEach(ExecutorService::shutdownNow);
    }

    @Test
    void rotatingShardsUnderSuspensionsDeliverEveryChangeOnceAndInOrder() {
        Map<String, List<Integer>> delivered = new ConcurrentHashMap<>();
        AtomicInteger total = new AtomicInteger();
        start((event, done) -> {
            delivered.computeIfAbsent(event.itemKey(), item -> new ArrayList<>())
                    .add(Integer.parseInt(event.newImage().get("n").n()));
            total.incrementAndGet();
            if (ThreadLocalRandom.current().nextInt(4) == 0) {
                timer.schedule(() -> done.accept(null), 1, TimeUnit.MILLISECONDS);
            } else {
                done.accept(null);
            }
        });
        long seed = System.nanoTime();
        System.out.println("LocalEngineThreadsTest: seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> written = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            synchronized (stream) {
                String item = "item" + random.nextInt(50);
                stream.put(item, written.merge(item, 1, Integer::sum));
                if (i % 100 == 0) {
                    List<String> open = stream.openShards();
                    stream.close(open.get(random.nextInt(open.size())), open.size() < 8 ? 2 : 1);
                }
            }
            if (i % 1000 == 0) {
                engine.suspend();
                engine.resume();
            }
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() ->
                assertTrue(total.get() >= 20_000, () -> total + " of 20000 delivered, " + engine.status()));
        written.forEach((item, count) ->
                assertEquals(IntStream.rangeClosed(1, count).boxed().toList(), delivered.get(item), item));
        await().atMost(Duration.ofSeconds(10)).until(() -> engine.inFlight() == 0);
    }

    @Test
    void targetsThatBlockOverlap() throws Exception {
        CountDownLatch allBlocked = new CountDownLatch(WORKERS);
        start((event, done) -> {
            allBlocked.countDown();
            try {
                assertTrue(allBlocked.await(30, TimeUnit.SECONDS));
                done.accept(null);
            } catch (InterruptedException e) {
                done.accept(e);
            }
        });
        synchronized (stream) {
            for (int i = 0; i < WORKERS; i++) {
                stream.put("item" + i, 1);
            }
        }
        assertTrue(allBlocked.await(30, TimeUnit.SECONDS), "blocked at the same time: " + (WORKERS - allBlocked.getCount()));
    }

    private void start(RecordHandler handler) {
        stream.addShard(null);
        EngineSettings settings = new EngineSettings("test", StartPosition.FROM_START, null, 100, 256, 10_000, Duration.ZERO,
                Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(5), GapPolicy.FAIL);
        engine = new LocalEngine("orders", settings, this, table, locked(), checkpoints, handler, EngineListener.NONE);
        engine.start();
    }

    private StreamsClient locked() {
        return new StreamsClient() {
            @Override
            public StreamDescription describeStream(String streamArn, String exclusiveStartShardId) {
                synchronized (stream) {
                    return stream.describeStream(streamArn, exclusiveStartShardId);
                }
            }

            @Override
            public String getShardIterator(String streamArn, String shardId, ShardIteratorType type, String sequenceNumber) {
                synchronized (stream) {
                    return stream.getShardIterator(streamArn, shardId, type, sequenceNumber);
                }
            }

            @Override
            public ChangePage getRecords(String shardIterator, int limit, StreamSource source) {
                synchronized (stream) {
                    return stream.getRecords(shardIterator, limit, source);
                }
            }
        };
    }

    @Override
    public void io(Runnable task) {
        unlessStopped(() -> io.execute(task));
    }

    @Override
    public void work(Runnable task) {
        unlessStopped(() -> workers.execute(task));
    }

    @Override
    public void store(Runnable task) {
        unlessStopped(() -> store.execute(task));
    }

    @Override
    public int workersPerShard() {
        return WORKERS;
    }

    @Override
    public void schedule(Duration delay, Runnable task) {
        unlessStopped(() -> timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    private static void unlessStopped(Runnable submission) {
        try {
            submission.run();
        } catch (RejectedExecutionException e) {
            // the test is over
        }
    }

    @Override
    public DescribePace describePace() {
        return describePace;
    }

    @Override
    public void pause(Duration time) {
        await().pollInterval(time).until(() -> true);
    }

    @Override
    public Heartbeats heartbeats() {
        return heartbeats;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public RandomGenerator random() {
        return ThreadLocalRandom.current();
    }
}
