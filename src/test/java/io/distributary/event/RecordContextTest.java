package io.distributary.event;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

class RecordContextTest {
    private final ChangeEvent event = ChangeEvent.of(Record.builder().eventID("e1").eventName("INSERT").dynamodb(StreamRecord.builder()
            .sequenceNumber("111").keys(Map.of("pk", AttributeValue.fromS("a"))).build()).build(),
            new StreamSource("orders", "arn", "shard-1", "pk", null));

    @AfterEach
    void offAgain() {
        RecordContext.inRoutes(false);
        MDC.clear();
    }

    @Test
    void theFieldsAreThereUntilItIsClosed() {
        MDC.put("other", "stays");
        try (RecordContext context = RecordContext.of(event)) {
            assertEquals(Map.of("event_id", "e1", "table", "orders", "shard", "shard-1", "sequence_number", "111", "other", "stays"),
                    MDC.getCopyOfContextMap());
        }
        assertEquals(Map.of("other", "stays"), MDC.getCopyOfContextMap());
    }

    @Test
    void inRoutesItIsOffUntilItIsSwitchedOn() {
        try (RecordContext context = RecordContext.inRoute(event)) {
            assertNull(MDC.get("event_id"));
        }
        RecordContext.inRoutes(true);
        try (RecordContext context = RecordContext.inRoute(event)) {
            assertEquals("e1", MDC.get("event_id"));
        }
        try (RecordContext context = RecordContext.inRoute(null)) {
            assertNull(MDC.get("event_id"));
        }
    }
}
