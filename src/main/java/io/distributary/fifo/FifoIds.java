package io.distributary.fifo;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ItemKey;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.component.aws2.sns.Sns2Component;
import org.apache.camel.component.aws2.sqs.Sqs2Component;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.apache.camel.spi.ComponentCustomizer;

/**
 * Gives {@code aws2-sqs} and {@code aws2-sns} FIFO ids that a repetition does not change: the event id against duplicates,
 * the item key for the order. Camel's defaults are the exchange id, which changes with every retry, and none; their own
 * options still win, as they are set afterwards. Thread-safe.
 */
public final class FifoIds implements ComponentCustomizer {
    /** Header with the deduplication id where it is not the event id: of one event there can be several dead letters. */
    public static final String DEDUPLICATION_ID = "CamelAwsMessageDeduplicationId";

    @Override
    public boolean isEnabled(String name, Component target) {
        return target instanceof Sqs2Component || target instanceof Sns2Component;
    }

    @Override
    public void configure(String name, Component target) {
        if (target instanceof Sqs2Component sqs) {
            sqs.getConfiguration().setMessageDeduplicationIdStrategy(
                    (org.apache.camel.component.aws2.sqs.MessageDeduplicationIdStrategy) FifoIds::deduplicationId);
            sqs.getConfiguration().setMessageGroupIdStrategy(
                    (org.apache.camel.component.aws2.sqs.MessageGroupIdStrategy) FifoIds::groupId);
        } else if (target instanceof Sns2Component sns) {
            sns.getConfiguration().setMessageDeduplicationIdStrategy(
                    (org.apache.camel.component.aws2.sns.MessageDeduplicationIdStrategy) FifoIds::deduplicationId);
            sns.getConfiguration().setMessageGroupIdStrategy(
                    (org.apache.camel.component.aws2.sns.MessageGroupIdStrategy) FifoIds::groupId);
        }
    }

    /** After the customizer that replaces the configuration. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }

    /** The header where it is set, as a dead letter does; else the event id; without a change, Camel's default. */
    static String deduplicationId(Exchange exchange) {
        String given = exchange.getMessage().getHeader(DEDUPLICATION_ID, String.class);
        ChangeEvent event = event(exchange);
        return given != null ? given : event != null && event.eventId() != null ? event.eventId() : exchange.getExchangeId();
    }

    /**
     * Camel's exchange property where it is set; else the item key in the form that SQS and SNS allow; without one, one
     * group for all: slow, but in order.
     */
    static String groupId(Exchange exchange) {
        String given = exchange.getProperty(Sqs2Constants.MESSAGE_GROUP_ID_PROPERTY, String.class);
        if (given != null) {
            return given;
        }
        ChangeEvent event = event(exchange);
        return event == null || event.itemKey().equals(ItemKey.UNKNOWN) ? "-" : ItemKey.messageGroupId(event.itemKey());
    }

    private static ChangeEvent event(Exchange exchange) {
        return exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class);
    }
}
