package io.distributary.ddbstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventHeaders;
import io.distributary.event.StreamSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

class ChangeEventMessageTest {
    private static final ChangeEvent EVENT = ChangeEvent.of(Record.builder().eventID("1").eventName("INSERT")
            .dynamodb(change -> change.sequenceNumber("111").keys(Map.of("pk", AttributeValue.fromS("a")))).build(),
            new StreamSource("orders", "arn", "shard", "pk", null));

    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void whoeverLooksFirstFindsAllHeaders() {
        var expected = eager().getHeaders();
        List<Consumer<Message>> looks = List.of(
                message -> assertEquals("1", message.getHeader(ChangeEventHeaders.EVENT_ID)),
                message -> assertEquals("1", message.getHeader(ChangeEventHeaders.EVENT_ID.toUpperCase())),
                message -> assertEquals("1", message.getHeader(ChangeEventHeaders.EVENT_ID, String.class)),
                message -> assertEquals("1", message.getHeader(ChangeEventHeaders.EVENT_ID, "default")),
                message -> assertEquals("1", message.getHeader(ChangeEventHeaders.EVENT_ID, () -> "default")),
                message -> assertTrue(message.hasHeaders()),
                message -> assertEquals(expected, message.getHeaders()),
                message -> assertNull(message.removeHeader("none")),
                message -> assertFalse(message.removeHeaders("none*")));
        looks.forEach(look -> {
            var message = new ChangeEventMessage(context, EVENT);
            look.accept(message);
            assertEquals(expected, message.getHeaders());
            assertSame(EVENT, message.getBody());
        });
    }

    @Test
    void headersCanBeSetReplacedAndTakenAway() {
        var message = new ChangeEventMessage(context, EVENT);
        message.setHeader("own", 1);
        message.setHeader(ChangeEventHeaders.EVENT_NAME, "OTHER");
        assertEquals("1", message.removeHeader(ChangeEventHeaders.EVENT_ID));

        var expected = new HashMap<>(eager().getHeaders());
        expected.put("own", 1);
        expected.put(ChangeEventHeaders.EVENT_NAME, "OTHER");
        expected.remove(ChangeEventHeaders.EVENT_ID);
        assertEquals(expected, message.getHeaders());

        var cleared = new ChangeEventMessage(context, EVENT);
        cleared.removeHeaders("*");
        assertFalse(cleared.hasHeaders());
        assertNull(cleared.getHeader(ChangeEventHeaders.EVENT_ID));
    }

    @Test
    void aCopyHasItsOwnHeaders() {
        var message = new ChangeEventMessage(context, EVENT);
        var copy = message.copy();
        assertEquals(eager().getHeaders(), copy.getHeaders());
        assertSame(EVENT, copy.getBody());

        copy.setHeader(ChangeEventHeaders.EVENT_ID, "2");
        assertEquals("1", message.getHeader(ChangeEventHeaders.EVENT_ID));

        var exchange = new DefaultExchange(context);
        exchange.setIn(new ChangeEventMessage(context, EVENT));
        assertEquals(eager().getHeaders(), exchange.copy().getIn().getHeaders());
    }

    @Test
    void anotherMessageCopiedOverItReplacesItsHeaders() {
        var other = new DefaultMessage(context);
        other.setHeader("own", 1);
        var message = new ChangeEventMessage(context, EVENT);
        message.copyFrom(other);

        assertEquals(Map.of("own", 1), message.getHeaders());
    }

    @Test
    void aMessageThatIsUsedAgainHasNothingOfTheLastRecord() {
        var message = new ChangeEventMessage(context, EVENT);
        message.reset();

        assertFalse(message.hasHeaders());
        assertNull(message.getHeader(ChangeEventHeaders.EVENT_ID));
        assertNull(message.getBody());
    }

    private Message eager() {
        var message = new DefaultMessage(context);
        EVENT.writeHeaders(message);
        return message;
    }
}
