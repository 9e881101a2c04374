package io.distributary.sandbox.demo;

import java.util.ArrayList;
import java.util.List;

import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Reads a whole stream plainly, beside the application: what should have arrived. */
final class StreamOracle {
    private StreamOracle() {
    }

    /**
     * Every record now in the stream, in order.
     */
    static List<Record> read(DynamoDbStreamsClient client, String streamArn) {
        List<Record> records = new ArrayList<>();
        for (Shard shard : client.describeStream(request -> request.streamArn(streamArn)).streamDescription().shards()) {
            String iterator = client.getShardIterator(request -> request.streamArn(streamArn)
                    .shardId(shard.shardId())
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON)).shardIterator();
            while (iterator != null) {
                String next = iterator;
                var page = client.getRecords(request -> request.shardIterator(next));
                records.addAll(page.records());
                iterator = page.records().isEmpty() ? null : page.nextShardIterator();
            }
        }
        return records;
    }
}
