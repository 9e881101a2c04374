package io.distributary.metrics;

import java.util.Objects;

import io.distributary.event.ChangeEventHeaders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Counts changes of one kind when their exchange is done without a failure, in the meter {@value #METER}: those that were
 * delivered, filtered out or stored as dead letters, each once, and none that its source delivers again. A bean for the count
 * kamelet. Thread-safe.
 */
public final class ChangeCounter implements Processor {
    /** Tags: {@code kind}, {@code event_name}, {@code table}. */
    static final String METER = "distributary.route.changes";

    private String kind;

    @Override
    public void process(Exchange exchange) {
        Counter counter = Counter.builder(METER).description("Changes that a route is done with")
                .tags(Tags.of("kind", kind, "event_name", header(exchange, ChangeEventHeaders.EVENT_NAME),
                        "table", header(exchange, ChangeEventHeaders.TABLE_NAME)))
                .register(Meters.of(exchange.getContext()));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange done) {
                counter.increment();
            }
        });
    }

    private static String header(Exchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getMessage().getHeader(name, String.class), "unknown");
    }

    /** What the changes are, as the tag {@code kind} says it. */
    public void setKind(String kind) {
        this.kind = kind;
    }
}
