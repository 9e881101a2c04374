package io.distributary.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.TreeMap;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventConversionException;
import io.distributary.event.StreamSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

class OutboxMessageTest {
    private static final StreamSource SOURCE = new StreamSource("outbox",
            "arn:aws:dynamodb:eu-west-1:123456789012:table/outbox/stream/2026-01-01T00:00:00.000", "shardId-1", "pk", null);

    private final OutboxMessage action = new OutboxMessage();

    @Test
    void theItemIsTheMessage() {
        Exchange exchange = processed(Map.of("id", s("m-1"), "aggregate_id", s("o-1"), "payload", s("{\"a\": 1.50}"), "price",
                AttributeValue.fromN("1.50"), "urgent", AttributeValue.fromBool(true), "empty", s(""), "list",
                AttributeValue.fromL(java.util.List.of()), "headers", AttributeValue.fromM(Map.of("trace", s("t"), "camelFileName", s("x")))));

        assertEquals("{\"a\": 1.50}", exchange.getMessage().getBody());
        assertEquals(Map.of("id", "m-1", "aggregate_id", "o-1", "price", "1.50", "urgent", "true", "trace", "t",
                "CamelAwsMessageDeduplicationId", "m-1", "pk", "a"), new TreeMap<>(exchange.getMessage().getHeaders()));
        assertEquals("o-1", exchange.getProperty("CamelAwsMessageGroupId"));
    }

    @Test
    void aPayloadThatIsNoTextBecomesJson() {
        assertEquals("{\"b\":[1,true],\"n\":12345678901234567890123456789012345678}", processed(Map.of("payload", AttributeValue.fromM(Map.of(
                "n", AttributeValue.fromN("12345678901234567890123456789012345678"),
                "b", AttributeValue.fromL(java.util.List.of(AttributeValue.fromN("1"), AttributeValue.fromBool(true)))))))
                .getMessage().getBody());
        assertEquals("1.50", processed(Map.of("payload", AttributeValue.fromN("1.50"))).getMessage().getBody());
    }

    @Test
    void withoutIdAndAggregateTheTargetsOwnIdsStay() {
        Exchange exchange = processed(Map.of("payload", s("x")));

        assertNull(exchange.getMessage().getHeader("CamelAwsMessageDeduplicationId"));
        assertNull(exchange.getProperty("CamelAwsMessageGroupId"));
    }

    @Test
    void anIdThatAFifoTopicDoesNotTakeIsHashed() {
        assertEquals(66, processed(Map.of("payload", s("x"), "id", s("ä"))).getMessage()
                .getHeader("CamelAwsMessageDeduplicationId", String.class).length());
    }

    @Test
    void otherNamesOfAttributes() {
        action.setIdAttribute("message");
        action.setGroupAttribute("order");
        action.setPayloadAttribute("text");
        action.setHeadersAttribute("meta");
        Exchange exchange = processed(Map.of("message", s("m"), "order", s("o"), "text", s("x"), "meta",
                AttributeValue.fromM(Map.of("trace", s("t"))), "headers", AttributeValue.fromM(Map.of("no", s("no")))));

        assertEquals("x", exchange.getMessage().getBody());
        assertEquals("m", exchange.getMessage().getHeader("CamelAwsMessageDeduplicationId"));
        assertEquals("o", exchange.getProperty("CamelAwsMessageGroupId"));
        assertEquals("t", exchange.getMessage().getHeader("trace"));
        assertNull(exchange.getMessage().getHeader("no"));
    }

    @Test
    void whatIsNoMessageFailsForGood() {
        assertEquals("new_image.payload", assertThrows(EventConversionException.class, () -> processed(Map.of("id", s("m")))).path());
        assertEquals("new_image", assertThrows(EventConversionException.class, () -> action.process(exchange(change(null)))).path());
        assertThrows(IllegalArgumentException.class, () -> action.process(exchange("no change")));
    }

    private Exchange processed(Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item = new TreeMap<>(attributes);
        item.put("pk", s("a"));
        ChangeEvent event = change(item);
        Exchange exchange = exchange(event);
        action.process(exchange);
        assertSame(event, exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY));
        return exchange;
    }

    private static Exchange exchange(Object body) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(body);
        return exchange;
    }

    private static ChangeEvent change(Map<String, AttributeValue> newImage) {
        return ChangeEvent.of(Record.builder().eventID("e1").eventName("INSERT").dynamodb(StreamRecord.builder()
                .keys(Map.of("pk", s("a"))).newImage(newImage).sequenceNumber("1").build()).build(), SOURCE);
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }
}
