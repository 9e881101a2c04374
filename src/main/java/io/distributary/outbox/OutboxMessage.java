package io.distributary.outbox;

import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventConversionException;
import io.distributary.event.EventFormat;
import io.distributary.event.ItemKey;
import io.distributary.fifo.FifoIds;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Makes of the change of an outbox item the message that an application left there: its payload as the body, its other
 * attributes and its headers as headers, its aggregate as FIFO group and its id as deduplication id. The change itself goes
 * with the exchange. Thread-safe once configured.
 */
public final class OutboxMessage implements Processor {
    private String idAttribute = "id";
    private String groupAttribute = "aggregate_id";
    private String payloadAttribute = "payload";
    private String headersAttribute = "headers";

    /**
     * @throws IllegalArgumentException where the exchange carries no single change
     * @throws EventConversionException where the change has no new image, or that has no payload
     */
    @Override
    public void process(Exchange exchange) {
        ChangeEvent event = change(exchange);
        Map<String, AttributeValue> item = event.newImage();
        if (item == null) {
            throw new EventConversionException(event, "new_image", "an outbox message is made of an item's new image, and the record has"
                    + " none: let INSERT through only, and set the stream's view type to NEW_IMAGE or NEW_AND_OLD_IMAGES");
        }
        exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
        Message message = exchange.getMessage();
        setHeaders(message, item, payloadAttribute);
        AttributeValue headers = item.get(headersAttribute);
        if (headers != null && headers.hasM()) {
            setHeaders(message, headers.m(), null);
        }
        String id = text(item.get(idAttribute));
        if (id != null) {
            // both ids allow the same 128 characters
            message.setHeader(FifoIds.DEDUPLICATION_ID, ItemKey.messageGroupId(id));
        }
        String group = text(item.get(groupAttribute));
        if (group != null) {
            exchange.setProperty(Sqs2Constants.MESSAGE_GROUP_ID_PROPERTY, ItemKey.messageGroupId(group));
        }
        AttributeValue payload = item.get(payloadAttribute);
        message.setBody(payload != null && payload.s() != null ? payload.s() : EventFormat.attributeToJson(event, payloadAttribute));
    }

    private static ChangeEvent change(Exchange exchange) {
        ChangeEvent event = exchange.getMessage().getBody() instanceof ChangeEvent body ? body
                : exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class);
        if (event == null) {
            throw new IllegalArgumentException("The exchange has no single change of a table: make an outbox message in a route from"
                    + " aws2-ddbstream with exchangeMode=RECORD");
        }
        return event;
    }

    /** Names that begin with Camel are instructions to components, and an item gives none. */
    private static void setHeaders(Message message, Map<String, AttributeValue> values, String except) {
        values.forEach((name, value) -> {
            String text = text(value);
            if (text != null && !name.equals(except) && !name.regionMatches(true, 0, "Camel", 0, "Camel".length())) {
                message.setHeader(name, text);
            }
        });
    }

    /** Of a text, number or boolean; null for all others, and for an empty text. */
    private static String text(AttributeValue value) {
        if (value == null || value.type() == null) {
            return null;
        }
        return switch (value.type()) {
            case S -> value.s().isEmpty() ? null : value.s();
            case N -> value.n();
            case BOOL -> value.bool().toString();
            default -> null;
        };
    }

    /** The attribute with the message's own id, the deduplication id on FIFO topics and queues; {@code id} by default. */
    public void setIdAttribute(String idAttribute) {
        this.idAttribute = idAttribute;
    }

    /** The attribute that groups messages on FIFO topics and queues; {@code aggregate_id} by default. */
    public void setGroupAttribute(String groupAttribute) {
        this.groupAttribute = groupAttribute;
    }

    /** The attribute that becomes the body: a text as it is, anything else as JSON; {@code payload} by default. */
    public void setPayloadAttribute(String payloadAttribute) {
        this.payloadAttribute = payloadAttribute;
    }

    /** The attribute with a map of headers; {@code headers} by default. */
    public void setHeadersAttribute(String headersAttribute) {
        this.headersAttribute = headersAttribute;
    }
}
