package io.distributary.deadletter.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.distributary.deadletter.Letters;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import io.distributary.routes.Changes;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DeadLetterJsonTest {
    private static final String TARGET = "kamelet:distributary-sqs-sink?queue=orders";

    @Test
    void theChangeIsTheOneThatFailed() {
        ChangeEvent event = Changes.of("MODIFY", "ORDER#1").withVersion(77);
        DeadLetterRecord letter = DeadLetterJson.read(Letters.of(event, TARGET));

        assertEquals(event.eventId(), letter.eventId());
        assertEquals("orders", letter.tableName());
        assertEquals(event.sequenceNumber(), letter.sequenceNumber());
        assertEquals("ORDER#1|METADATA", letter.itemKey());
        assertEquals(77, letter.changeVersion());
        assertEquals(TARGET, letter.target());
        assertEquals(1, letter.attempts());
        assertEquals("java.lang.IllegalStateException", letter.exception().type());
        assertEquals("java.io.IOException: disk full", letter.exception().toString());
        assertEquals(EventFormat.DYNAMODB_JSON.toJson(event), EventFormat.DYNAMODB_JSON.toJson(letter.event()));
        assertEquals(event.itemKey(), letter.event().itemKey());
        assertEquals(77, letter.event().version());
        assertNull(letter.body());
    }

    @Test
    void aRecordThatCannotBeConvertedIsReadAsItIs() {
        ChangeEvent poison = Changes.of("INSERT", "ORDER#1", AttributeValue.fromN("not a number"));
        DeadLetterRecord letter = DeadLetterJson.read(Letters.of(poison, TARGET));
        assertEquals("not a number", letter.event().newImage().get("total").n());
    }

    @Test
    void whatIsWrongIsSaidInOneLine() {
        refuse("[1]", "not a dead letter: a JSON object expected");
        refuse("", "not a dead letter: a JSON object expected");
        refuse("{}", "not a dead letter: it has no format_version");
        refuse("{\"format_version\":1,\"attempts\":1,\"event_id\":\"e\"}", "not a dead letter: it is of a change and has no record");
        refuse("{\"format_version\":1,\"attempts\":\"x\",\"record\":{}}", "not a dead letter: attempts: a whole number expected");
        refuse("{\"format_version\":1,\"attempts\":1,\"first_failed_at\":\"now\",\"record\":{}}",
                "not a dead letter: first_failed_at: a time like 2026-01-31T12:00:00Z expected");
        refuse("{\"format_version\":1,\"attempts\":1,\"record\":{\"eventID\":\"1\"}}",
                "its record cannot be read: a record without dynamodb is none of a DynamoDB stream");
    }

    private static void refuse(String json, String reason) {
        assertEquals(reason, assertThrows(IllegalArgumentException.class, () -> DeadLetterJson.read(json)).getMessage());
    }
}
