package io.distributary.bench.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes changes of a few items, each numbered, at a steady pace. What DynamoDB does not take is written again until it does: a put
 * that was taken although its answer was lost makes no second change then.
 */
final class Writer {
    private static final int ITEMS = 40;
    private static final int REMOVE_ONE_IN = 20;

    /**
     * What it writes.
     *
     * @param perSecond   changes
     * @param bytes       of text in each item
     * @param refusedOneIn of so many changes one is of an item of its own that the index refuses; 0 for none
     */
    record Shape(int perSecond, int bytes, int refusedOneIn) {
    }

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Random random;
    private final List<Change> written = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Boolean> present = new HashMap<>();
    private ScheduledExecutorService clock;
    private Write pending;
    private int refused;

    private record Write(Change change, Map<String, AttributeValue> put) {
    }

    Writer(DynamoDbClient dynamoDb, String table, long seed) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.random = new Random(seed);
    }

    void start(Shape shape) {
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "faults-writer");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleWithFixedDelay(() -> write(shape), 0, 1_000_000 / shape.perSecond(), TimeUnit.MICROSECONDS);
    }

    private void write(Shape shape) {
        if (pending == null) {
            pending = next(shape);
        }
        try {
            if (pending.put() == null) {
                dynamoDb.deleteItem(delete -> delete.tableName(table).key(Map.of("pk", AttributeValue.fromS(pending.change().item()),
                        "sk", AttributeValue.fromS("METADATA"))));
            } else {
                dynamoDb.putItem(put -> put.tableName(table).item(pending.put()));
            }
        } catch (SdkException e) {
            return; // DynamoDB is down: the same again
        }
        synchronized (written) {
            written.add(pending.change());
        }
        pending = null;
    }

    private Write next(Shape shape) {
        if (shape.refusedOneIn() > 0 && random.nextInt(shape.refusedOneIn()) == 0) {
            return put("ORDER#refused-" + ++refused, 1, AttributeValue.fromS("no number"), shape);
        }
        var item = "ORDER#" + random.nextInt(ITEMS);
        if (present.getOrDefault(item, false) && random.nextInt(REMOVE_ONE_IN) == 0) {
            present.put(item, false);
            return new Write(new Change(item, numbers.get(item), true), null);
        }
        present.put(item, true);
        var number = numbers.merge(item, 1, Integer::sum);
        return put(item, number, AttributeValue.fromN(Integer.toString(number)), shape);
    }

    private static Write put(String item, int number, AttributeValue total, Shape shape) {
        return new Write(new Change(item, number, false), Map.of("pk", AttributeValue.fromS(item), "sk", AttributeValue.fromS("METADATA"),
                "number", AttributeValue.fromN(Integer.toString(number)), "total", total,
                "text", AttributeValue.fromS("x".repeat(shape.bytes()))));
    }

    /** Returns when the last change is written. */
    void stop() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(60, TimeUnit.SECONDS);
        if (pending != null) {
            throw new IllegalStateException("DynamoDB did not take the last change, " + pending.change());
        }
    }

    /** All changes since the first start, those of an item in their order. */
    List<Change> written() {
        synchronized (written) {
            return List.copyOf(written);
        }
    }

    /** True for a change that the index refuses. */
    static boolean isRefused(Change change) {
        return change.item().startsWith("ORDER#refused-");
    }
}
