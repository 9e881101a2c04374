package io.distributary.ddbstream.checkpoint.leased;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The lease as an item of the checkpoint table, {@code orders#lease}. */
final class DynamoDbLeaseRow implements LeaseRow {
    private static final String OWNER = "leaseOwner";
    private static final String VERSION = "leaseVersion";

    private final DynamoDbTable checkpoints;
    private final String application;
    private final String table;
    private final Map<String, AttributeValue> key;

    DynamoDbLeaseRow(DynamoDbTable checkpoints, String application, String table) {
        this.checkpoints = checkpoints;
        this.application = application;
        this.table = table;
        this.key = Map.of(DynamoDbTable.PARTITION_KEY, AttributeValue.fromS(application),
                DynamoDbTable.SORT_KEY, AttributeValue.fromS(table + "#lease"));
    }

    @Override
    public Optional<Lease> read() {
        Map<String, AttributeValue> item = checkpoints.call("read", client -> client.getItem(request -> request
                .tableName(checkpoints.name()).key(key).consistentRead(true))).item();
        if (item == null || !item.containsKey(VERSION)) {
            return Optional.empty();
        }
        AttributeValue owner = item.get(OWNER);
        return Optional.of(new Lease(application, owner == null ? null : owner.s(), item.get(VERSION).s()));
    }

    @Override
    public Optional<String> write(String owner, String expected) {
        String version = UUID.randomUUID().toString();
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.put("tableName", AttributeValue.fromS(table));
        item.put("renewedAt", AttributeValue.fromS(Instant.now().toString()));
        item.put(VERSION, AttributeValue.fromS(version));
        if (owner != null) {
            item.put(OWNER, AttributeValue.fromS(owner));
        }
        return checkpoints.call("written", client -> {
            try {
                client.putItem(request -> {
                    request.tableName(checkpoints.name()).item(item);
                    if (expected == null) {
                        request.conditionExpression("attribute_not_exists(" + VERSION + ")");
                    } else {
                        request.conditionExpression(VERSION + " = :expected")
                                .expressionAttributeValues(Map.of(":expected", AttributeValue.fromS(expected)));
                    }
                });
                return Optional.of(version);
            } catch (ConditionalCheckFailedException e) {
                return Optional.empty();
            }
        });
    }

    /** Makes a transaction fail unless this owner has the lease. */
    ConditionCheck ownedBy(String owner) {
        return ConditionCheck.builder().tableName(checkpoints.name()).key(key).conditionExpression(OWNER + " = :owner")
                .expressionAttributeValues(Map.of(":owner", AttributeValue.fromS(owner))).build();
    }
}
