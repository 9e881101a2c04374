package io.distributary.event;

import java.util.List;

import org.apache.camel.Exchange;

/** Which changes an exchange carries. */
public final class ExchangeChanges {
    private ExchangeChanges() {
    }

    /** The list of a batch: a body that is a list of changes and of nothing else. Null where the body is anything else. */
    @SuppressWarnings("unchecked")
    public static List<ChangeEvent> batch(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof List<?> list && list.stream().allMatch(ChangeEvent.class::isInstance)
                && (!list.isEmpty() || exchange.getProperty(ChangeEventBatch.EXCHANGE_PROPERTY) != null)
                ? (List<ChangeEvent>) list : null;
    }

    /** The one change: the body, or the exchange property that stays when the body is transformed. Null without either. */
    public static ChangeEvent find(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof ChangeEvent body ? body
                : exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class);
    }

    /**
     * As {@link #find}.
     *
     * @param who needs it, for the message
     * @throws IllegalArgumentException where the exchange carries none
     */
    public static ChangeEvent require(Exchange exchange, String who) {
        ChangeEvent event = find(exchange);
        if (event == null) {
            Object body = exchange.getMessage().getBody();
            throw new IllegalArgumentException(who + " needs a change of a table, as body or as exchange property "
                    + ChangeEvent.EXCHANGE_PROPERTY + "; the body is " + (body == null ? "null" : body.getClass().getName())
                    + ". Use it in a route that starts from aws2-ddbstream" + (body instanceof List ? ", and split a batch before it." : "."));
        }
        return event;
    }
}
