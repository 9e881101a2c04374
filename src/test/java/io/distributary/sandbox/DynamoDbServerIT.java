package io.distributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

final class DynamoDbServerIT {
    @TempDir
    private Path work;

    @Test
    void rollingClosesTheOpenShardAndGivesItAChild() {
        try (var sandbox = Sandbox.in(work)) {
            var stream = tableWithOneItem(sandbox);

            sandbox.dynamoDbServer().rollShards();

            var shards = shards(sandbox, stream);
            assertEquals(2, shards.size());
            assertEquals(shards.get(0).shardId(), shards.get(1).parentShardId());
        }
    }

    @Test
    void anAgedIteratorIsExpired() {
        try (var sandbox = Sandbox.in(work)) {
            var stream = tableWithOneItem(sandbox);
            var shard = shards(sandbox, stream).get(0).shardId();
            var iterator = sandbox.dynamoDbStreams().getShardIterator(get -> get.streamArn(stream).shardId(shard)
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON)).shardIterator();

            sandbox.dynamoDbServer().age(Duration.ofMinutes(16));

            assertThrows(ExpiredIteratorException.class,
                    () -> sandbox.dynamoDbStreams().getRecords(get -> get.shardIterator(iterator)));
        }
    }

    private static String tableWithOneItem(Sandbox sandbox) {
        var stream = sandbox.createTable("orders", StreamViewType.KEYS_ONLY);
        sandbox.dynamoDb().putItem(put -> put.tableName("orders").item(Map.of("pk", AttributeValue.fromS("ORDER#1"),
                "sk", AttributeValue.fromS("METADATA"))));
        return stream;
    }

    private static List<Shard> shards(Sandbox sandbox, String stream) {
        return sandbox.dynamoDbStreams().describeStream(describe -> describe.streamArn(stream)).streamDescription()
                .shards();
    }
}
