package io.distributary.ddbstream;

import io.distributary.event.ChangeEvent;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;

/** Says in a trace which record it is of, by the names that the log has. Found by ServiceLoader, by Camel's tracer only. */
public final class DdbStreamSpanDecorator extends AbstractSpanDecorator {
    @Override
    public String getComponent() {
        return "aws2-ddbstream";
    }

    @Override
    public String getComponentClassName() {
        return DdbStreamComponent.class.getName();
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        super.beforeTracingEvent(span, exchange, endpoint);
        ChangeEvent event = exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class);
        if (event != null) {
            tag(span, "event_id", event.eventId());
            tag(span, "table", event.source().tableName());
            tag(span, "shard", event.source().shardId());
            tag(span, "sequence_number", event.sequenceNumber());
        }
    }

    private static void tag(Span span, String name, String value) {
        if (value != null) {
            span.setTag(name, value);
        }
    }
}
