package io.distributary.event;

import java.util.Objects;

/**
 * Where a record was read: table, stream and shard, and the table's key schema (a record's keys do not tell which of
 * them is the partition key).
 *
 * @param tableName    the table's name
 * @param streamArn    the stream's ARN
 * @param shardId      the shard's id
 * @param partitionKey name of the partition key attribute
 * @param sortKey      name of the sort key attribute, or null
 */
public record StreamSource(String tableName, String streamArn, String shardId, String partitionKey, String sortKey) {
    private static final String STREAM = "/stream/";

    public StreamSource {
        Objects.requireNonNull(tableName, "tableName");
        Objects.requireNonNull(streamArn, "streamArn");
        Objects.requireNonNull(shardId, "shardId");
        Objects.requireNonNull(partitionKey, "partitionKey");
    }

    /**
     * The ARN of the table: the stream's without its {@code /stream/...} end, so it outlives a stream switched off and
     * on.
     */
    public String tableArn() {
        int end = streamArn.indexOf(STREAM);
        return end < 0 ? streamArn : streamArn.substring(0, end);
    }
}
