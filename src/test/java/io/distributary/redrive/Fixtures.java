package io.distributary.redrive;

import java.time.Instant;
import java.util.Map;

import io.distributary.deadletter.store.DeadLetterRecord;
import io.distributary.deadletter.store.DeadLetterRecord.FailureReason;
import io.distributary.deadletter.store.StoredDeadLetter;
import io.distributary.event.ChangeEvent;
import io.distributary.event.StreamSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Changes of table t, whose items are a key and a text, and dead letters of them. */
final class Fixtures {
    static final Instant FAILED_AT = Instant.parse("2026-11-20T10:00:00Z");

    private static final StreamSource SOURCE = new StreamSource("t", "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/s", "none", "pk", null);

    private Fixtures() {
    }

    static Map<String, AttributeValue> item(String key, String text) {
        return text == null ? null : Map.of("pk", AttributeValue.fromS(key), "text", AttributeValue.fromS(text));
    }

    /** @param before null for an INSERT, as after is for a REMOVE */
    static ChangeEvent change(int number, String key, String before, String after) {
        return change(number, before == null ? "INSERT" : after == null ? "REMOVE" : "MODIFY", key, before, after);
    }

    static ChangeEvent change(int number, String name, String key, String before, String after) {
        StreamRecord.Builder change = StreamRecord.builder().sequenceNumber(Integer.toString(number))
                .keys(Map.of("pk", AttributeValue.fromS(key)));
        if (before != null) {
            change.oldImage(item(key, before));
        }
        if (after != null) {
            change.newImage(item(key, after));
        }
        return ChangeEvent.of(Record.builder().eventID("e" + number).eventName(name).dynamodb(change.build()).build(), SOURCE)
                .withVersion(number);
    }

    static StoredDeadLetter letter(String id, String route, String target, ChangeEvent event) {
        return new StoredDeadLetter(new DeadLetterRecord(event.eventId(), "t", event.sequenceNumber(), event.itemKey(), event.version(),
                target, null, route, "c", 5, FAILED_AT, FAILED_AT, new FailureReason("a.B", "refused", new FailureReason("c.D", "full", null)),
                event, null, "{}"), "place " + id, id);
    }
}
