package io.distributary.bench.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Threads that put items, each its own ones, with a counter in each item; now and then the shards are rolled over. They keep a
 * bounded number of changes ahead of what has arrived.
 */
final class Writers {
    private static final int THREADS = 4;
    private static final int ITEMS_EACH = 25;
    private static final int AHEAD = 2_000;
    /** One change in so many rolls the shards over. */
    private static final int ROLL_ONE_IN = 800;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Runnable rollShards;
    private final Semaphore ahead = new Semaphore(AHEAD);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Future<Integer>> results = new ArrayList<>();
    private volatile boolean stopped;

    Writers(DynamoDbClient dynamoDb, String table, Runnable rollShards) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.rollShards = rollShards;
    }

    void start(Random seeds) {
        for (var thread = 0; thread < THREADS; thread++) {
            var number = thread;
            var random = new Random(seeds.nextLong());
            results.add(threads.submit(() -> write(number, random)));
        }
    }

    /** A change has arrived: another one may be written. */
    void arrived() {
        ahead.release();
    }

    private int write(int thread, Random random) throws InterruptedException {
        var versions = new int[ITEMS_EACH];
        var changes = 0;
        while (true) {
            ahead.acquire();
            if (stopped) {
                return changes;
            }
            var number = random.nextInt(ITEMS_EACH);
            var item = Map.of("pk", AttributeValue.fromS("WRITER#" + thread + "-ITEM#" + number), "sk", AttributeValue.fromS("COUNTER"),
                    "version", AttributeValue.fromN(Integer.toString(++versions[number])));
            dynamoDb.putItem(put -> put.tableName(table).item(item));
            changes++;
            if (random.nextInt(ROLL_ONE_IN) == 0) {
                rollShards.run();
            }
        }
    }

    /** Ends the writing and answers how many changes were written. */
    int stop() throws InterruptedException {
        stopped = true;
        ahead.release(THREADS);
        var changes = 0;
        try {
            for (var result : results) {
                changes += result.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A writer failed: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return changes;
    }
}
