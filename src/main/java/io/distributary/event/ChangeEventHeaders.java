package io.distributary.event;

import org.apache.camel.component.aws2.ddbstream.Ddb2StreamConstants;
import org.apache.camel.spi.Metadata;

/**
 * Headers that the source sets on every exchange, so that a route can filter and route without looking into the body.
 *
 * <p>The first two are Camel's own; Camel has no names for the others yet, so they continue its prefix. All start with
 * {@code Camel}, so stock header filters keep them from leaving the process.
 */
public interface ChangeEventHeaders {
    @Metadata(description = "The service the record comes from: aws:dynamodb.", javaType = "String")
    String EVENT_SOURCE = Ddb2StreamConstants.EVENT_SOURCE;

    @Metadata(description = "The stream's eventID: the one stable id of this change.", javaType = "String")
    String EVENT_ID = Ddb2StreamConstants.EVENT_ID;

    @Metadata(description = "INSERT, MODIFY, REMOVE or, of an item that a backfill found, SNAPSHOT.", javaType = "String")
    String EVENT_NAME = "CamelAwsDdbStreamEventName";

    @Metadata(description = "The record's sequence number, decimal digits.", javaType = "String")
    String SEQUENCE_NUMBER = "CamelAwsDdbStreamSequenceNumber";

    @Metadata(description = "Higher than that of every earlier change of the item, and the same when the change is read again:"
            + " for targets that keep the newest.", javaType = "Long")
    String VERSION = "CamelAwsDdbStreamVersion";

    @Metadata(description = "When the change was made, as DynamoDB tells it: whole seconds.",
            javaType = "java.time.Instant")
    String APPROXIMATE_CREATION_DATE_TIME = "CamelAwsDdbStreamApproximateCreationDateTime";

    @Metadata(description = "The record's size as DynamoDB counts it, in bytes.", javaType = "Long")
    String SIZE_BYTES = "CamelAwsDdbStreamSizeBytes";

    @Metadata(description = "The name of the table.", javaType = "String")
    String TABLE_NAME = "CamelAwsDdbStreamTableName";

    @Metadata(description = "The ARN of the stream.", javaType = "String")
    String STREAM_ARN = "CamelAwsDdbStreamStreamArn";

    @Metadata(description = "The shard the record was read from.", javaType = "String")
    String SHARD_ID = "CamelAwsDdbStreamShardId";

    @Metadata(description = "The partition key's canonical text: S as it is, N its digits, B base64.",
            javaType = "String")
    String PARTITION_KEY = "CamelAwsDdbStreamPartitionKey";

    @Metadata(description = "The sort key's canonical text; absent when the table has none.", javaType = "String")
    String SORT_KEY = "CamelAwsDdbStreamSortKey";

    @Metadata(description = "Both keys joined by |, each escaped so that different keys never join alike.",
            javaType = "String")
    String ITEM_KEY = "CamelAwsDdbStreamItemKey";

    @Metadata(description = "True when DynamoDB itself deleted the item because its time to live had passed.",
            javaType = "Boolean")
    String TTL_DELETE = "CamelAwsDdbStreamTtlDelete";

    @Metadata(description = "How many records the exchange carries; with exchangeMode=BATCH only, which sets of the others"
            + " those alone that all records of the batch share: event source, table, stream and shard.", javaType = "Integer")
    String BATCH_SIZE = "CamelAwsDdbStreamBatchSize";

    @Metadata(description = "Set by a route with exchangeMode=BATCH: the records that failed, by event id or sequence number,"
            + " as a collection, as a map to the reasons, or as Lambda's JSON text with batchItemFailures. Also read as an"
            + " exchange property of that name.", javaType = "Object")
    String BATCH_ITEM_FAILURES = "CamelAwsDdbStreamBatchItemFailures";
}
