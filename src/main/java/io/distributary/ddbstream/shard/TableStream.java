package io.distributary.ddbstream.shard;

import java.util.Objects;

import io.distributary.event.StreamSource;

/**
 * A table's stream and the table's key schema.
 *
 * @param tableName    the table's name
 * @param streamArn    the stream's ARN
 * @param partitionKey name of the partition key attribute
 * @param sortKey      name of the sort key attribute, or null
 */
public record TableStream(String tableName, String streamArn, String partitionKey, String sortKey) {
    public TableStream {
        Objects.requireNonNull(tableName, "tableName");
        Objects.requireNonNull(streamArn, "streamArn");
        Objects.requireNonNull(partitionKey, "partitionKey");
    }

    StreamSource shard(String shardId) {
        return new StreamSource(tableName, streamArn, shardId, partitionKey, sortKey);
    }
}
