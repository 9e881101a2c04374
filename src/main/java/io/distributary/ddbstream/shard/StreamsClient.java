package io.distributary.ddbstream.shard;

import io.distributary.event.ChangePage;
import io.distributary.event.StreamSource;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;

/** The calls of the DynamoDB Streams API that reading needs; blocking; they throw the SDK's exceptions. */
public interface StreamsClient {
    /** One page of the stream's shards, after the given shard or from the first when that is null. */
    StreamDescription describeStream(String streamArn, String exclusiveStartShardId);

    /** @param sequenceNumber with {@code AT_} and {@code AFTER_SEQUENCE_NUMBER}, else null */
    String getShardIterator(String streamArn, String shardId, ShardIteratorType type, String sequenceNumber);

    GetRecordsResponse getRecords(String shardIterator, int limit);

    /** As {@link #getRecords}, with the records as events of the source. */
    default ChangePage page(String shardIterator, int limit, StreamSource source) {
        return ChangePage.of(getRecords(shardIterator, limit), source);
    }
}
