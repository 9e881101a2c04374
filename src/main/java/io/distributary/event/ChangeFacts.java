package io.distributary.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * What order, checkpoints and headers need of a record: all but its images. What the record does not say is null.
 *
 * @param keys never null
 */
record ChangeFacts(String eventSource, String eventId, String eventName, String sequenceNumber, Instant created, Long sizeBytes,
        Map<String, AttributeValue> keys, Identity userIdentity) {
    private static final String DYNAMODB = "aws:dynamodb";
    private static final byte[] DYNAMODB_BYTES = DYNAMODB.getBytes(StandardCharsets.US_ASCII);
    private static final String MODIFY = OperationType.MODIFY.toString();
    private static final byte[] MODIFY_BYTES = MODIFY.getBytes(StandardCharsets.US_ASCII);
    private static final StreamRecord NOTHING = StreamRecord.builder().build();

    static ChangeFacts of(Record record) {
        StreamRecord change = record.dynamodb() == null ? NOTHING : record.dynamodb();
        return new ChangeFacts(record.eventSource(), record.eventID(), record.eventNameAsString(), change.sequenceNumber(),
                change.approximateCreationDateTime(), change.sizeBytes(), change.keys(), record.userIdentity());
    }

    ChangeFacts withKeys(Map<String, AttributeValue> others) {
        return new ChangeFacts(eventSource, eventId, eventName, sequenceNumber, created, sizeBytes, others, userIdentity);
    }

    /** Reads the record that the cursor stands at, and steps over its images. */
    static ChangeFacts of(JsonCursor in) {
        Reader facts = new Reader();
        in.open('{');
        while (in.more('}')) {
            in.name();
            if (in.nameIs(RecordJson.DYNAMODB)) {
                facts.change(in);
            } else if (in.nameIs(RecordJson.EVENT_ID)) {
                facts.eventId = in.text();
            } else if (in.nameIs(RecordJson.EVENT_NAME)) {
                facts.eventName = in.text(MODIFY_BYTES, MODIFY);
            } else if (in.nameIs(RecordJson.EVENT_SOURCE)) {
                facts.eventSource = in.text(DYNAMODB_BYTES, DYNAMODB);
            } else if (in.nameIs(RecordJson.USER_IDENTITY)) {
                facts.userIdentity = in.isNull() ? null : RecordJson.identity(in);
            } else {
                in.skip();
            }
        }
        return facts.done();
    }

    private static final class Reader {
        private String eventSource;
        private String eventId;
        private String eventName;
        private String sequenceNumber;
        private Instant created;
        private Long sizeBytes;
        private Map<String, AttributeValue> keys;
        private Identity userIdentity;

        void change(JsonCursor in) {
            if (in.isNull()) {
                return;
            }
            in.open('{');
            while (in.more('}')) {
                in.name();
                if (in.nameIs(RecordJson.KEYS)) {
                    keys = RecordJson.attributes(in);
                } else if (in.nameIs(RecordJson.SEQUENCE_NUMBER)) {
                    sequenceNumber = in.text();
                } else if (in.nameIs(RecordJson.SIZE_BYTES)) {
                    sizeBytes = RecordJson.integer(in);
                } else if (in.nameIs(RecordJson.CREATED)) {
                    created = RecordJson.instant(in);
                } else {
                    in.skip();
                }
            }
        }

        ChangeFacts done() {
            return new ChangeFacts(eventSource, eventId, eventName, sequenceNumber, created, sizeBytes,
                    keys == null ? NOTHING.keys() : keys, userIdentity);
        }
    }
}
