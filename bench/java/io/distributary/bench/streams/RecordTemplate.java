package io.distributary.bench.streams;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import io.distributary.event.StreamSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Records as GetRecords answers them, in JSON. */
final class RecordTemplate {
    static final String PARTITION_KEY = "pk";
    static final String SORT_KEY = "sk";
    /** So that all sequence numbers have as many digits, as most of DynamoDB's do. */
    private static final long FIRST_SEQUENCE_NUMBER = 100_000_000_000_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final StreamSource ANY = new StreamSource("any", "arn", "shard", PARTITION_KEY, SORT_KEY);
    private static final int ITEM_BYTES = 1024;

    private RecordTemplate() {
    }

    static String sequenceNumber(long position) {
        return Long.toString(FIRST_SEQUENCE_NUMBER + position);
    }

    /** 32 digits, as the eventIDs of DynamoDB. */
    static String eventId(int shard, long position) {
        return String.format("%08x%024x", shard, position);
    }

    /**
     * @param before the old image, or null for a record without one
     * @param after  the new image, keys included
     */
    static String json(int shard, long position, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        var change = StreamRecord.builder()
                .approximateCreationDateTime(Instant.ofEpochSecond(System.currentTimeMillis() / 1000))
                .keys(Map.of(PARTITION_KEY, after.get(PARTITION_KEY), SORT_KEY, after.get(SORT_KEY)))
                .newImage(after)
                .sequenceNumber(sequenceNumber(position))
                .sizeBytes((long) ITEM_BYTES * (before == null ? 1 : 2))
                .streamViewType(before == null ? "NEW_IMAGE" : "NEW_AND_OLD_IMAGES");
        if (before != null) {
            change.oldImage(before);
        }
        var event = ChangeEvent.of(Record.builder().eventID(eventId(shard, position)).eventName(OperationType.MODIFY)
                .eventVersion("1.1").eventSource("aws:dynamodb").awsRegion("us-east-1").dynamodb(change.build()).build(), ANY);
        try {
            var json = (ObjectNode) JSON.readTree(EventFormat.DYNAMODB_JSON.toBytes(event));
            json.remove("eventSourceARN"); // Lambda's, not GetRecords'
            return json.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("Our own JSON of a record cannot be read", e);
        }
    }
}
