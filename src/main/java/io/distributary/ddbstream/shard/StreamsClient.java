package io.distributary.ddbstream.shard;

import io.distributary.event.ChangePage;
import io.distributary.event.StreamSource;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;

/** The calls of the DynamoDB Streams API that reading needs; blocking; they throw the SDK's exceptions. */
public interface StreamsClient {
    /** One page of the stream's shards, after the given shard or from the first when that is null. */
    StreamDescription describeStream(String streamArn, String exclusiveStartShardId);

    /** @param sequenceNumber with {@code AT_} and {@code AFTER_SEQUENCE_NUMBER}, else null */
    String getShardIterator(String streamArn, String shardId, ShardIteratorType type, String sequenceNumber);

    /** @param source whose shard the iterator is of */
    ChangePage getRecords(String shardIterator, int limit, StreamSource source);
}
