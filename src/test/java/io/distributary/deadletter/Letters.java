package io.distributary.deadletter;

import java.io.IOException;

import io.distributary.event.ChangeEvent;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** Dead letters as the application makes them. */
public final class Letters {
    private static final CamelContext CONTEXT = new DefaultCamelContext();

    private Letters() {
    }

    /** @param target the step that refused the change */
    public static String of(ChangeEvent event, String target) {
        Exchange exchange = new DefaultExchange(CONTEXT);
        try {
            exchange.getMessage().setBody(event);
            exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
            exchange.setProperty(FailureTracker.TARGET, target);
            exchange.setProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, "orders-fanout");
            exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT,
                    new IllegalStateException("refused", new IOException("disk full")));
            new DeadLetter().process(exchange);
            String letter = exchange.getMessage().getBody(String.class);
            DeadLetterSchema.check(letter);
            return letter;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
