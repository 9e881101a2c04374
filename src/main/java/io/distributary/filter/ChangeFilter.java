package io.distributary.filter;

import java.util.List;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventHeaders;
import io.distributary.event.EventConversionException;
import io.distributary.event.ExchangeChanges;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Decides which changes go on in a route: a bean for the filter kamelets, which call it as a processor first and then stop
 * what it {@link #leavesOut}. Configure it before it is used; then it is thread-safe.
 */
public abstract class ChangeFilter implements Processor {

    /**
     * Whether the change goes on.
     *
     * @throws EventConversionException where the change lacks what that takes, or it cannot be read
     */
    public abstract boolean passes(ChangeEvent event);

    /** Of a batch, keeps those changes in the body that pass, in their order. Leaves a single change as it is. */
    @Override
    public final void process(Exchange exchange) {
        List<ChangeEvent> batch = ExchangeChanges.batch(exchange);
        if (batch != null) {
            List<ChangeEvent> passed = batch.stream().filter(this::passes).toList();
            exchange.getMessage().setBody(passed);
            exchange.getMessage().setHeader(ChangeEventHeaders.BATCH_SIZE, passed.size());
        }
    }

    /**
     * Whether nothing of the exchange goes on: its change does not pass, or no change of its batch has.
     *
     * @throws IllegalArgumentException where the exchange carries no change
     */
    public final boolean leavesOut(Exchange exchange) {
        List<ChangeEvent> batch = ExchangeChanges.batch(exchange);
        return batch != null ? batch.isEmpty() : !passes(ExchangeChanges.require(exchange, getClass().getSimpleName()));
    }
}
