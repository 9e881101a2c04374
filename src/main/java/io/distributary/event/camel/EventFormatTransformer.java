package io.distributary.event.camel;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;

/**
 * Replaces the body by one of the event's JSON forms, a String, and sets the headers that go with it. The event is the
 * body, or the exchange property when a transformation before this one took the body's place; afterwards it is there.
 */
abstract class EventFormatTransformer extends Transformer {
    private final EventFormat format;

    EventFormatTransformer(EventFormat format) {
        super(format.dataType());
        this.format = format;
    }

    @Override
    public final void transform(Message message, DataType from, DataType to) {
        ChangeEvent event = event(message);
        String json = format.toJson(event);
        format.writeHeaders(event, message);
        message.setBody(json);
    }

    private ChangeEvent event(Message message) {
        if (message.getBody() instanceof ChangeEvent event) {
            message.getExchange().setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
            return event;
        }
        if (message.getExchange().getProperty(ChangeEvent.EXCHANGE_PROPERTY) instanceof ChangeEvent event) {
            return event;
        }
        Object body = message.getBody();
        throw new IllegalArgumentException(format.dataType() + " needs a ChangeEvent as body, or as exchange property "
                + ChangeEvent.EXCHANGE_PROPERTY + "; the body is " + (body == null ? "null" : body.getClass().getName())
                + ". Use it in a route that starts from aws2-ddbstream.");
    }
}
