package io.distributary.ddbstream.checkpoint.leased;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.shard.StreamErrors;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** The table that checkpoints are kept in: made when it is absent; its errors said in words for people. */
final class DynamoDbTable {
    static final String PARTITION_KEY = "applicationName";
    static final String SORT_KEY = "checkpointKey";
    private static final Map<String, KeyType> KEYS = Map.of(PARTITION_KEY, KeyType.HASH, SORT_KEY, KeyType.RANGE);

    private final DynamoDbClient client;
    private final String name;

    DynamoDbTable(DynamoDbClient client, String name) {
        this.client = client;
        this.name = name;
    }

    String place() {
        return "DynamoDB table " + name;
    }

    String name() {
        return name;
    }

    /** Makes the table when it is absent, and waits until it is ready. */
    void ensure() {
        TableDescription found;
        try {
            found = client.describeTable(request -> request.tableName(name)).table();
        } catch (ResourceNotFoundException e) {
            call("created", ignored -> create());
            return;
        } catch (RuntimeException e) {
            if (StreamErrors.accessDenied(e)) {
                return; // the right is not needed where the table exists; if it does not, the first read says so
            }
            throw failure("described", e);
        }
        Map<String, KeyType> keys = new TreeMap<>();
        found.keySchema().forEach(key -> keys.put(key.attributeName(), key.keyType()));
        if (!keys.equals(KEYS)) {
            throw new CheckpointException("The " + place() + " has the keys " + keys.keySet() + " instead of " + PARTITION_KEY
                    + " and " + SORT_KEY + ": it is no checkpoint table. Set checkpointTable to another name; it is created when absent.");
        }
        if (found.tableStatus() == TableStatus.CREATING) {
            call("described", ignored -> awaitActive());
        }
    }

    private Void create() {
        try {
            client.createTable(request -> request.tableName(name).billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(a -> a.attributeName(PARTITION_KEY).attributeType(ScalarAttributeType.S),
                            a -> a.attributeName(SORT_KEY).attributeType(ScalarAttributeType.S))
                    .keySchema(k -> k.attributeName(PARTITION_KEY).keyType(KeyType.HASH),
                            k -> k.attributeName(SORT_KEY).keyType(KeyType.RANGE)));
        } catch (ResourceInUseException e) {
            // another instance creates it at the same moment
        }
        return awaitActive();
    }

    private Void awaitActive() {
        client.waiter().waitUntilTableExists(request -> request.tableName(name), wait -> wait.maxAttempts(120)
                .backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(500))));
        return null;
    }

    /** @param done what was to be done to the table, as {@code read} */
    <T> T call(String done, Function<DynamoDbClient, T> call) {
        try {
            return call.apply(client);
        } catch (CheckpointException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failure(done, e);
        }
    }

    private CheckpointException failure(String done, RuntimeException e) {
        String what = "The " + place() + " cannot be " + done + " (" + StreamErrors.reason(e) + ")";
        return switch (StreamErrors.kind(e)) {
            case REFUSED -> new CheckpointException(what + ": allow the credentials dynamodb:DescribeTable, CreateTable, Query,"
                    + " GetItem, PutItem, DeleteItem and ConditionCheckItem on it, or set checkpointTable.", e);
            case NOT_FOUND -> new CheckpointException(what + ": create it, or allow dynamodb:DescribeTable and CreateTable.", e);
            default -> CheckpointException.unreachable(what + ".", e);
        };
    }
}
