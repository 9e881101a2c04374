package io.distributary.attributes;

import java.util.AbstractList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import io.distributary.event.ExchangeChanges;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Puts another event in the place of each that the exchange carries, wherever it carries it: body, exchange properties and the
 * headers made of it. So targets, dead letters and later steps know the new one only. A bean for kamelets. Configure it before
 * it is used; then it is thread-safe.
 */
public abstract class ChangeTransformer implements Processor {

    /** The event that takes the place of this one: of the same id, order and version. */
    protected abstract ChangeEvent transform(ChangeEvent event);

    /**
     * Transforms what the exchange carries.
     *
     * @throws IllegalArgumentException where it carries no change; or where the body is a text made of the change already, as
     *         that cannot be transformed. Its properties then carry the new event only
     */
    @Override
    public final void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<ChangeEvent, ChangeEvent> done = new IdentityHashMap<>();
        List<ChangeEvent> batch = ExchangeChanges.batch(exchange);
        List<?> all = exchange.getProperty(ChangeEventBatch.EXCHANGE_PROPERTY, List.class);
        if (all != null) {
            exchange.setProperty(ChangeEventBatch.EXCHANGE_PROPERTY, batch == null ? new Transformed(all)
                    : all.stream().map(event -> done.computeIfAbsent((ChangeEvent) event, this::transform)).toList());
        }
        if (exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY) instanceof ChangeEvent event) {
            exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, done.computeIfAbsent(event, this::transform));
        }
        if (batch != null) {
            message.setBody(batch.stream().map(event -> done.computeIfAbsent(event, this::transform)).toList());
        } else if (message.getBody() instanceof ChangeEvent event) {
            ChangeEvent now = done.computeIfAbsent(event, this::transform);
            message.setBody(now);
            exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, now);
            if (!now.keys().equals(event.keys())) {
                now.writeHeaders(message);
            }
        } else {
            ExchangeChanges.require(exchange, getClass().getSimpleName());
            throw new IllegalArgumentException(getClass().getSimpleName() + " cannot transform a body that was made of the change before,"
                    + " a " + message.getBody().getClass().getName() + ": put it before the step that makes it.");
        }
    }

    /** Of the batch that a single change was split from: transformed where someone looks, not for each part of the split. */
    private final class Transformed extends AbstractList<ChangeEvent> {
        private final List<?> events;

        Transformed(List<?> events) {
            this.events = events;
        }

        @Override
        public ChangeEvent get(int index) {
            return transform((ChangeEvent) events.get(index));
        }

        @Override
        public int size() {
            return events.size();
        }
    }
}
