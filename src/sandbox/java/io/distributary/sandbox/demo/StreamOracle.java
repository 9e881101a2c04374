package io.distributary.sandbox.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Reads a whole stream plainly, beside the application: what should have arrived. */
public final class StreamOracle {
    private StreamOracle() {
    }

    /** Every record now in the stream, in order. */
    static List<Record> read(DynamoDbStreamsClient client, String streamArn) {
        return readByShard(client, streamArn).values().stream().flatMap(List::stream).toList();
    }

    /** Every record now in the stream by shard id; the shards in the order of their listing, parents first. */
    public static Map<String, List<Record>> readByShard(DynamoDbStreamsClient client, String streamArn) {
        Map<String, List<Record>> records = new LinkedHashMap<>();
        for (Shard shard : shards(client, streamArn)) {
            List<Record> ofShard = records.computeIfAbsent(shard.shardId(), id -> new ArrayList<>());
            String iterator = client.getShardIterator(request -> request.streamArn(streamArn)
                    .shardId(shard.shardId())
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON)).shardIterator();
            while (iterator != null) {
                String next = iterator;
                var page = client.getRecords(request -> request.shardIterator(next));
                ofShard.addAll(page.records());
                iterator = page.records().isEmpty() ? null : page.nextShardIterator();
            }
        }
        return records;
    }

    private static List<Shard> shards(DynamoDbStreamsClient client, String streamArn) {
        List<Shard> shards = new ArrayList<>();
        String after = null;
        do {
            String last = after;
            var page = client.describeStream(request -> request.streamArn(streamArn).exclusiveStartShardId(last)).streamDescription();
            shards.addAll(page.shards());
            after = page.lastEvaluatedShardId();
        } while (after != null);
        return shards;
    }
}
