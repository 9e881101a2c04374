package io.distributary.event;

import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** An exchange of a batch: its body is a list of changes of one shard, in stream order, no two of the same item. */
public final class ChangeEventBatch {
    /** Exchange property that keeps the list beside a transformed body. */
    public static final String EXCHANGE_PROPERTY = "CamelAwsDdbStreamChangeEvents";

    private ChangeEventBatch() {
    }

    /**
     * Makes the exchange that of a batch. One of a single record carries that record's property too, so that it fails as a
     * record does.
     *
     * @param events at least one; not to be changed any more
     */
    public static void write(Exchange exchange, List<ChangeEvent> events) {
        ChangeEvent first = events.get(0);
        Message message = exchange.getMessage();
        message.setBody(events);
        if (first.record().eventSource() != null) {
            message.setHeader(ChangeEventHeaders.EVENT_SOURCE, first.record().eventSource());
        }
        message.setHeader(ChangeEventHeaders.TABLE_NAME, first.source().tableName());
        message.setHeader(ChangeEventHeaders.STREAM_ARN, first.source().streamArn());
        message.setHeader(ChangeEventHeaders.SHARD_ID, first.source().shardId());
        message.setHeader(ChangeEventHeaders.BATCH_SIZE, events.size());
        exchange.setProperty(EXCHANGE_PROPERTY, events);
        if (events.size() == 1) {
            exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, first);
        }
    }

    /** How many records the exchange stands for: those of its batch, or one where the route has split it. */
    public static int size(Exchange exchange) {
        List<?> events = exchange.getProperty(EXCHANGE_PROPERTY, List.class);
        return events == null || exchange.getMessage().getBody() instanceof ChangeEvent ? 1 : events.size();
    }
}
