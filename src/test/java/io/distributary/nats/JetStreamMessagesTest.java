package io.distributary.nats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.distributary.coalesce.Part;
import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventHeaders;
import io.distributary.event.StreamSource;
import io.nats.client.impl.Headers;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class JetStreamMessagesTest {
    private static final StreamSource ORDERS = new StreamSource("shop.orders", "arn", "shardId-1", "pk", null);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final JetStreamConfiguration options = new JetStreamConfiguration();
    private final Exchange exchange = new DefaultExchange(context);
    private JetStreamMessages messages;

    @BeforeEach
    void configure() {
        context.start();
        options.setTopic("orders");
        options.setSubjectTemplate("orders.{table}.{partitionKey}");
        options.setEventHeaders(true);
        DefaultHeaderFilterStrategy internal = new DefaultHeaderFilterStrategy();
        internal.setOutFilterStartsWith(DefaultHeaderFilterStrategy.CAMEL_FILTER_STARTS_WITH);
        options.setHeaderFilterStrategy(internal);
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @Test
    void everyRecordOfABatchHasItsOwnSubjectIdAndHeaders() throws Exception {
        exchange.getMessage().setBody(List.of(change("1", "a.b"), change("2", "c")));
        exchange.getMessage().setHeader("trace", "abc");
        exchange.getMessage().setHeader(JetStreamMessage.MESSAGE_ID, "of-the-batch");
        exchange.getMessage().setHeader(ChangeEventHeaders.TABLE_NAME, "of-the-batch");

        List<JetStreamMessage> messages = messages();

        assertEquals(List.of("orders.shop%2Eorders.a%2Eb", "orders.shop%2Eorders.c"),
                messages.stream().map(JetStreamMessage::subject).toList());
        assertEquals(Map.of("Nats-Msg-Id", "1", "event_id", "1", "event_name", "INSERT", "table_name", "shop.orders",
                "trace", "abc"), headers(messages.get(0)));
        assertEquals("2", headers(messages.get(1)).get("Nats-Msg-Id"));
        assertTrue(new String(messages.get(1).data()).contains("\"event_id\":\"2\""));
    }

    @Test
    void aRoutesOwnHeadersWinForARecordAlone() throws Exception {
        change("1", "a").writeHeaders(exchange.getMessage());
        exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, change("1", "a"));
        exchange.getMessage().setBody("text");
        assertEquals("orders.shop%2Eorders.a", message().subject());

        exchange.getMessage().setHeader(ChangeEventHeaders.TABLE_NAME, "other");
        exchange.getMessage().setHeader(JetStreamMessage.MESSAGE_ID, "1-copy");
        assertEquals("orders.other.a", message().subject());
        assertEquals("1-copy", headers(message()).get("Nats-Msg-Id"));
        assertEquals("1", headers(message()).get("event_id"));

        exchange.getMessage().setHeader(JetStreamMessages.OVERRIDE_SUBJECT, "elsewhere");
        assertEquals("elsewhere", message().subject());

        exchange.getMessage().setHeader(JetStreamMessages.OVERRIDE_SUBJECT, "else where");
        assertThrows(IllegalArgumentException.class, this::message);
    }

    @Test
    void whatIsNoChangeGoesToTheTopicUnderAnIdOfItsOwn() throws Exception {
        exchange.getMessage().setBody("text");
        assertEquals("orders", message().subject());
        assertNull(headers(message()).get("event_id"));
        assertNotEquals(headers(message()).get("Nats-Msg-Id"), headers(message()).get("Nats-Msg-Id"),
                "one exchange may publish several messages to one stream");
    }

    @Test
    void aHeaderThatNatsCannotCarryIsNamed() {
        exchange.getMessage().setBody("text");
        exchange.getMessage().setHeader("city", "Köln");
        assertTrue(assertThrows(IllegalArgumentException.class, this::message).getMessage()
                .startsWith("header city cannot be one of a NATS message: "));
    }

    @Test
    void theSizeIsThatOfHeadersAndBody() throws Exception {
        exchange.getMessage().setBody("text");
        JetStreamMessage message = message();
        assertEquals("NATS/1.0\r\nNats-Msg-Id:".length() + headers(message).get("Nats-Msg-Id").length() + "\r\n\r\n".length()
                + "text".length(), message.bytes());
    }

    private JetStreamMessage message() throws Exception {
        return messages().get(0);
    }

    private List<JetStreamMessage> messages() throws Exception {
        if (messages == null) {
            messages = new JetStreamMessages(options);
        }
        List<JetStreamMessage> all = new ArrayList<>();
        for (Part part : Part.of(exchange)) {
            all.add(messages.message(part));
        }
        return all;
    }

    private static Map<String, String> headers(JetStreamMessage message) {
        Headers headers = message.headers();
        return headers.keySet().stream().collect(Collectors.toMap(name -> name, headers::getFirst));
    }

    private static ChangeEvent change(String id, String key) {
        return ChangeEvent.of(Record.builder().eventID(id).eventName(OperationType.INSERT)
                .dynamodb(change -> change.sequenceNumber("1" + id).keys(Map.of("pk", AttributeValue.fromS(key)))
                        .newImage(Map.of("pk", AttributeValue.fromS(key))))
                .build(), ORDERS);
    }
}
