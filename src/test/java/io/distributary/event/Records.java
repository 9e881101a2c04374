package io.distributary.event;

import java.time.Instant;
import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Hand-made records for tables of cases. */
final class Records {
    static final Map<String, AttributeValue> KEYS = Map.of("pk", s("ORDER#1"), "sk", s("METADATA"));

    private Records() {
    }

    static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue n(String text) {
        return AttributeValue.fromN(text);
    }

    /** As DynamoDB makes them, of a stream with both images. */
    static Record.Builder record(String eventName, StreamRecord.Builder change) {
        return Record.builder().eventID("c4ca4238a0b923820dcc509a6f75849b").eventName(eventName).eventVersion("1.1")
                .eventSource("aws:dynamodb").awsRegion("eu-west-1").dynamodb(change.build());
    }

    static StreamRecord.Builder change() {
        return StreamRecord.builder().keys(KEYS).sequenceNumber("111").sizeBytes(59L)
                .approximateCreationDateTime(Instant.parse("2026-11-20T10:15:30Z")).streamViewType("NEW_AND_OLD_IMAGES");
    }

    static ChangeEvent event(String eventName, StreamRecord.Builder change) {
        return event(record(eventName, change));
    }

    static ChangeEvent event(Record.Builder record) {
        return ChangeEvent.of(record.build(), Items.SOURCE);
    }

    static ChangeEvent insert(Map<String, AttributeValue> newImage) {
        return event("INSERT", change().newImage(newImage));
    }
}
