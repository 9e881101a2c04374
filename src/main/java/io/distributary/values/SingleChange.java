package io.distributary.values;

import java.util.List;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import org.apache.camel.Exchange;

/** The change that an exchange is about. */
final class SingleChange {
    private SingleChange() {
    }

    /**
     * The body, or what the source left beside it.
     *
     * @param who needs it, for the message
     * @throws IllegalArgumentException where there is none, or a batch of them
     */
    static ChangeEvent of(Exchange exchange, String who) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof ChangeEvent event) {
            return event;
        }
        boolean batch = body instanceof List<?> && body == exchange.getProperty(ChangeEventBatch.EXCHANGE_PROPERTY);
        if (!batch && exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY) instanceof ChangeEvent event) {
            return event;
        }
        throw new IllegalArgumentException(who + " needs one change of a table, and the exchange has none: use it in a route from"
                + " aws2-ddbstream with exchangeMode=RECORD, or split a batch before it");
    }
}
