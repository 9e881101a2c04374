package io.distributary.ddbstream.checkpoint.leased;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.checkpoint.StoredProgress;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Looks at all items of a checkpoint table, by Scan. */
public final class DynamoDbProgress {
    private static final String LEASE = "#lease";

    private DynamoDbProgress() {
    }

    /** @throws CheckpointException where the table cannot be read */
    public static StoredProgress read(DynamoDbClient client, String checkpointTable) {
        DynamoDbTable checkpoints = new DynamoDbTable(client, checkpointTable);
        List<StoredProgress.Owner> owners = new ArrayList<>();
        List<StoredProgress.Shard> shards = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Instant now = Instant.now();
        List<Map<String, AttributeValue>> items = checkpoints.call("read", reader -> reader.scanPaginator(scan -> scan
                .tableName(checkpointTable).consistentRead(true)).items().stream().toList());
        for (Map<String, AttributeValue> item : items) {
            String key = text(item, DynamoDbTable.SORT_KEY);
            String application = text(item, DynamoDbTable.PARTITION_KEY);
            try {
                if (key == null || application == null) {
                    throw new IllegalArgumentException("it has not the keys of a checkpoint table");
                } else if (key.endsWith(LEASE)) {
                    owners.add(LeaseLook.owner(application, key.substring(0, key.length() - LEASE.length()), text(item, "leaseOwner"),
                            instant(text(item, "renewedAt")), now));
                } else {
                    shards.add(new StoredProgress.Shard(application, text(item, "tableName"), text(item, "streamArn"), text(item, "shardId"),
                            Checkpoint.parse(text(item, "checkpoint"), text(item, "at"), text(item, "changeVersion")),
                            instant(text(item, "savedAt"))));
                }
            } catch (RuntimeException e) {
                problems.add("The item " + key + " of application '" + application + "' in the " + checkpoints.place()
                        + " is no checkpoint (" + e.getMessage() + ")");
            }
        }
        return new StoredProgress(checkpoints.place(), owners, shards, problems);
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value == null ? null : value.s();
    }

    private static Instant instant(String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
