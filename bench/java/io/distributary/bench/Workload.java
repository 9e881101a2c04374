package io.distributary.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The preloaded changes: items of about 900 bytes, each put twice, its second version {@value #BATCH} changes after its first, so
 * that changes of one item are in flight at the same time unless the source keeps them apart.
 *
 * @param changes how many, a multiple of {@value #MULTIPLE}
 */
record Workload(int changes) {
    /** Before the item's number. */
    static final String PARTITION_KEY = "ORDER#";
    /** Versions of each item. */
    static final int VERSIONS = 2;
    /** DynamoDB takes no more in one BatchWriteItem. */
    private static final int BATCH = 25;
    /** Of the number of changes: whole batches, all versions. */
    static final int MULTIPLE = BATCH * VERSIONS;
    private static final int WRITERS = 4;
    private static final String NOTE = "0123456789abcdefghijklmnopqrstuvwxyz ".repeat(18).substring(0, 640);

    Workload {
        if (changes <= 0 || changes % MULTIPLE != 0) {
            throw new IllegalArgumentException("The number of records must be a multiple of " + MULTIPLE + ", not " + changes);
        }
    }

    int items() {
        return changes / VERSIONS;
    }

    /** Writes all changes and returns when DynamoDB has them. */
    void write(DynamoDbClient dynamoDb, String table) throws InterruptedException {
        var writers = Executors.newFixedThreadPool(WRITERS);
        try {
            var batches = new ArrayList<Future<?>>();
            for (var first = 0; first < items(); first += BATCH) {
                var from = first;
                batches.add(writers.submit(() -> {
                    for (var version = 1; version <= VERSIONS; version++) {
                        writeBatch(dynamoDb, table, from, version);
                    }
                }));
            }
            for (var batch : batches) {
                batch.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot write the changes: " + e.getCause().getMessage(), e.getCause());
        } finally {
            writers.shutdownNow();
        }
    }

    private static void writeBatch(DynamoDbClient dynamoDb, String table, int from, int version) {
        var puts = new ArrayList<WriteRequest>(BATCH);
        for (var number = from; number < from + BATCH; number++) {
            var item = item(number, version);
            puts.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
        }
        Map<String, List<WriteRequest>> left = Map.of(table, puts);
        while (!left.isEmpty()) {
            var batch = left;
            left = dynamoDb.batchWriteItem(write -> write.requestItems(batch)).unprocessedItems();
        }
    }

    /** An order of a shop: strings, numbers, a list, a map, and a note that makes up the size. */
    static Map<String, AttributeValue> item(int number, int version) {
        return Map.of(
                "pk", AttributeValue.fromS(partitionKey(number)),
                "sk", AttributeValue.fromS("METADATA"),
                "version", AttributeValue.fromN(Integer.toString(version)),
                "status", AttributeValue.fromS(version == 1 ? "PLACED" : "SHIPPED"),
                "total", AttributeValue.fromN(number + ".95"),
                "gift", AttributeValue.fromBool(number % 7 == 0),
                "lines", AttributeValue.fromL(List.of(line(number), line(number + 1))),
                "note", AttributeValue.fromS(NOTE));
    }

    private static AttributeValue line(int number) {
        return AttributeValue.fromM(Map.of("sku", AttributeValue.fromS("SKU-" + number % 1000),
                "quantity", AttributeValue.fromN(Integer.toString(1 + number % 5)),
                "price", AttributeValue.fromN(number % 100 + ".49")));
    }

    static String partitionKey(int number) {
        return PARTITION_KEY + number;
    }
}
