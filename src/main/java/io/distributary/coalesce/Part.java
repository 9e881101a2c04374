package io.distributary.coalesce;

import java.util.List;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ItemKey;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.NoTypeConversionAvailableException;

/**
 * What one entry is made of: an exchange, or one record of an exchange whose body is a batch of changes.
 *
 * @param exchange the exchange
 * @param body     its body, or the record
 * @param event    the change, or null where the exchange carries none
 * @param alone    false for a record of a batch: headers of the exchange are then the batch's
 */
public record Part(Exchange exchange, Object body, ChangeEvent event, boolean alone) {

    /** A body of changes only is a batch; everything else is one message. */
    public static List<Part> of(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(ChangeEvent.class::isInstance)) {
            return list.stream().map(event -> new Part(exchange, event, (ChangeEvent) event, false)).toList();
        }
        ChangeEvent event = body instanceof ChangeEvent change ? change
                : exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class);
        return List.of(new Part(exchange, body, event, true));
    }

    /** The exchange, or for a record of a batch a copy that carries only this record, as if it had come alone. */
    public Exchange asExchange() {
        if (alone) {
            return exchange;
        }
        Exchange own = exchange.copy();
        own.setExchangeId(id());
        own.getMessage().setBody(body);
        own.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
        event.writeHeaders(own.getMessage());
        return own;
    }

    /** The event id, or the exchange's. */
    public String id() {
        return event != null && event.eventId() != null ? event.eventId() : exchange.getExchangeId();
    }

    /** The table and the item's key: changes of one item never overtake each other; null without a change. */
    public String lane() {
        return event == null ? null : event.source().tableName() + '|' + event.itemKey();
    }

    /** The item's key as a FIFO group id; null without a usable one. */
    public String group() {
        return event == null || event.itemKey().equals(ItemKey.UNKNOWN) ? null : ItemKey.messageGroupId(event.itemKey());
    }

    /**
     * The body in a form that can be sent; of a change, by default, the JSON envelope.
     *
     * @throws CamelExchangeException where the body is absent or cannot be converted
     */
    public <T> T bodyAs(Class<T> type) throws CamelExchangeException {
        if (body == null) {
            throw new InvalidPayloadException(exchange, type);
        }
        try {
            return exchange.getContext().getTypeConverter().mandatoryConvertTo(type, exchange, body);
        } catch (NoTypeConversionAvailableException e) {
            throw new InvalidPayloadException(exchange, type, exchange.getMessage(), e);
        }
    }
}
