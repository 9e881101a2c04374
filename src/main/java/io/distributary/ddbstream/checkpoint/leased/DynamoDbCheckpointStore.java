package io.distributary.ddbstream.checkpoint.leased;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.checkpoint.CheckpointStore;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Checkpoints as items of one DynamoDB table for all applications: partition key {@code applicationName}, sort key
 * {@code orders#<stream label>#<shard id>}. Every save is a transaction that fails unless this owner still has the lease,
 * so a second writer never stores anything.
 */
public final class DynamoDbCheckpointStore implements CheckpointStore {
    /** TransactWriteItems takes 100 actions; one is the check of the lease. */
    private static final int SHARDS_PER_TRANSACTION = 99;

    private final DynamoDbTable checkpoints;
    private final String application;
    private final String table;
    private final DynamoDbLeaseRow row;
    private final OwnerLease lease;

    /** @param client stays open when the store is closed */
    public DynamoDbCheckpointStore(DynamoDbClient client, String checkpointTable, String application, String table) {
        this(client, checkpointTable, application, table, OwnerLease.DURATION);
    }

    DynamoDbCheckpointStore(DynamoDbClient client, String checkpointTable, String application, String table, Duration lease) {
        this.checkpoints = new DynamoDbTable(client, checkpointTable);
        this.application = application;
        this.table = table;
        this.row = new DynamoDbLeaseRow(checkpoints, application, table);
        this.lease = new OwnerLease(row, application, table, checkpoints.place(), "applicationName", lease);
    }

    @Override
    public void open() {
        checkpoints.ensure();
        lease.take();
    }

    @Override
    public Set<String> streams() {
        Set<String> arns = new TreeSet<>();
        items(table + "#").forEach(item -> {
            if (item.containsKey("streamArn")) {
                arns.add(item.get("streamArn").s());
            }
        });
        return arns;
    }

    @Override
    public Optional<Map<String, Checkpoint>> load(String streamArn) {
        Map<String, Checkpoint> loaded = new HashMap<>();
        for (Map<String, AttributeValue> item : items(prefix(streamArn))) {
            String arn = text(item, "streamArn");
            if (!streamArn.equals(arn)) {
                throw new CheckpointException("The item " + describe(item) + " belongs to the stream " + arn + ", not to " + streamArn
                        + ": use another applicationName or checkpointTable for each.");
            }
            try {
                loaded.put(text(item, "shardId"), Checkpoint.parse(text(item, "checkpoint"), text(item, "at"),
                        text(item, "changeVersion")));
            } catch (RuntimeException e) {
                throw new CheckpointException("The item " + describe(item) + " is no checkpoint (" + e.getMessage()
                        + "): mend it, or delete it to read its shard from its oldest record.", e);
            }
        }
        return loaded.isEmpty() ? Optional.empty() : Optional.of(loaded);
    }

    private List<Map<String, AttributeValue>> items(String prefix) {
        return checkpoints.call("read", client -> client.queryPaginator(query -> query.tableName(checkpoints.name()).consistentRead(true)
                .keyConditionExpression(DynamoDbTable.PARTITION_KEY + " = :a and begins_with(" + DynamoDbTable.SORT_KEY + ", :p)")
                .expressionAttributeValues(Map.of(":a", AttributeValue.fromS(application), ":p", AttributeValue.fromS(prefix))))
                .items().stream().toList());
    }

    /** Parents before children, as their ids have it; what a crash leaves of it repeats records at most. */
    @Override
    public void save(String streamArn, Map<String, Checkpoint> all, Set<String> changed) {
        lease.verify();
        List<TransactWriteItem> puts = new ArrayList<>();
        List<TransactWriteItem> deletes = new ArrayList<>();
        new TreeSet<>(changed).forEach(shardId -> {
            Map<String, AttributeValue> key = key(streamArn, shardId);
            if (all.containsKey(shardId)) {
                Map<String, AttributeValue> item = item(key, streamArn, shardId, all.get(shardId));
                puts.add(TransactWriteItem.builder().put(put -> put.tableName(checkpoints.name()).item(item)).build());
            } else {
                deletes.add(TransactWriteItem.builder().delete(delete -> delete.tableName(checkpoints.name()).key(key)).build());
            }
        });
        puts.addAll(deletes);
        for (int from = 0; from < puts.size(); from += SHARDS_PER_TRANSACTION) {
            List<TransactWriteItem> some = new ArrayList<>(puts.subList(from, Math.min(puts.size(), from + SHARDS_PER_TRANSACTION)));
            some.add(0, TransactWriteItem.builder().conditionCheck(row.ownedBy(lease.self())).build());
            lease.whileHeld(() -> write(some));
        }
    }

    private Void write(List<TransactWriteItem> items) {
        return checkpoints.call("written", client -> {
            try {
                client.transactWriteItems(request -> request.transactItems(items));
            } catch (TransactionCanceledException e) {
                if (!e.hasCancellationReasons() || !"ConditionalCheckFailed".equals(e.cancellationReasons().get(0).code())) {
                    throw e;
                }
                lease.renew(); // says who has it, or takes it up again where a person deleted the item
                client.transactWriteItems(request -> request.transactItems(items));
            }
            return null;
        });
    }

    private Map<String, AttributeValue> item(Map<String, AttributeValue> key, String streamArn, String shardId, Checkpoint checkpoint) {
        Map<String, AttributeValue> item = new TreeMap<>(key);
        item.put("tableName", AttributeValue.fromS(table));
        item.put("streamArn", AttributeValue.fromS(streamArn));
        item.put("shardId", AttributeValue.fromS(shardId));
        item.put("checkpoint", AttributeValue.fromS(checkpoint.text()));
        if (checkpoint.instant() != null) {
            item.put("at", AttributeValue.fromS(checkpoint.instant().toString()));
        }
        if (checkpoint.version() != null) {
            item.put("changeVersion", AttributeValue.fromS(checkpoint.version().toString()));
        }
        item.put("savedAt", AttributeValue.fromS(Instant.now().toString()));
        item.put("savedBy", AttributeValue.fromS(lease.self()));
        return item;
    }

    private Map<String, AttributeValue> key(String streamArn, String shardId) {
        return Map.of(DynamoDbTable.PARTITION_KEY, AttributeValue.fromS(application),
                DynamoDbTable.SORT_KEY, AttributeValue.fromS(prefix(streamArn) + shardId));
    }

    /** A table's name has no {@code #}; the stream's label, its creation time, tells streams of one table apart. */
    private String prefix(String streamArn) {
        return table + "#" + streamArn.substring(streamArn.lastIndexOf('/') + 1) + "#";
    }

    private String describe(Map<String, AttributeValue> item) {
        return text(item, DynamoDbTable.SORT_KEY) + " of application '" + application + "' in the " + checkpoints.place();
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value == null ? null : value.s();
    }

    @Override
    public void verifyOwnership() {
        lease.verify();
    }

    @Override
    public void close() {
        lease.release();
    }
}
