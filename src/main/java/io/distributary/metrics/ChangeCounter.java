package io.distributary.metrics;

import java.util.Objects;

import io.distributary.event.ChangeEventHeaders;
import io.micrometer.core.instrument.Counter;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Counts the changes that come to a step of a route, in the meter {@value #METER} with the tags {@code kind}, {@code event_name}
 * and {@code table}. A bean for the count kamelet. Thread-safe.
 */
public final class ChangeCounter implements Processor {
    static final String METER = "distributary.route.changes";

    private String kind;

    /** Counts one, and leaves the exchange as it is. What its source delivers again is counted again. */
    @Override
    public void process(Exchange exchange) {
        Counter.builder(METER).description("Changes that came to a count step, those delivered again included")
                .tag("kind", kind)
                .tag("event_name", header(exchange, ChangeEventHeaders.EVENT_NAME))
                .tag("table", header(exchange, ChangeEventHeaders.TABLE_NAME))
                .register(Meters.of(exchange.getContext())).increment();
    }

    private static String header(Exchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getMessage().getHeader(name, String.class), "unknown");
    }

    /** What the changes are, as the tag {@code kind} says it. */
    public void setKind(String kind) {
        this.kind = kind;
    }
}
