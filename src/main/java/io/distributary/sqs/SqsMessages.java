package io.distributary.sqs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.distributary.aws.Attribute;
import io.distributary.aws.AttributeHeaders;
import io.distributary.coalesce.CoalescingProducer.Message;
import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Part;
import io.distributary.fifo.FifoIds;
import io.distributary.oversize.Oversize;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.apache.camel.component.aws2.sqs.Sqs2MessageHelper;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Makes messages of exchanges as the endpoint's options and the stock headers say. Thread-safe. */
final class SqsMessages {
    private static final Logger LOG = LoggerFactory.getLogger(SqsMessages.class);

    private final String target;
    private final SqsConfiguration options;
    private final HeaderFilterStrategy filter;
    private final AttributeHeaders declared;
    private final Oversize oversize;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * @param filter   which headers go out where none are declared
     * @param oversize what becomes of messages that are too large
     */
    SqsMessages(String target, SqsConfiguration options, HeaderFilterStrategy filter, Oversize oversize) {
        this.target = target;
        this.options = options;
        this.filter = filter;
        this.oversize = oversize;
        this.declared = options.getMessageAttributeHeaders() == null ? null
                : AttributeHeaders.parse(options.getMessageAttributeHeaders(), target);
    }

    /** Its lane is its order: on a FIFO queue the group's, else the item's. */
    Message<SqsMessage> of(Part part) throws CamelExchangeException, DeliveryException {
        Exchange exchange = part.asExchange();
        List<Attribute> attributes = declared != null ? declared.of(exchange, part.event()) : allHeaders(exchange);
        int other = Attribute.messageBytes("", attributes);
        String body = oversize.fit(part, part.bodyAs(String.class), other, options.getMaxBatchBytes());
        SendMessageBatchRequestEntry.Builder entry = SendMessageBatchRequestEntry.builder().messageBody(body);
        if (!attributes.isEmpty()) {
            entry.messageAttributes(values(attributes));
        }
        Integer delay = exchange.getMessage().getHeader(Sqs2Constants.DELAY_HEADER, Integer.class);
        entry.delaySeconds(delay == null ? options.getDelaySeconds() : delay);
        String lane = options.isFifo() ? fifo(entry, part, exchange) : part.lane();
        return new Message<>(new SqsMessage(part, entry.build()), lane, Attribute.messageBytes(body, attributes));
    }

    /** The strategies are ours by default; the ids of a batch's headers are not those of its records. */
    private String fifo(SendMessageBatchRequestEntry.Builder entry, Part part, Exchange exchange) {
        if (!part.alone()) {
            exchange.getMessage().removeHeader(FifoIds.DEDUPLICATION_ID);
        }
        String group = options.getMessageGroupIdStrategy().getMessageGroupId(exchange);
        entry.messageGroupId(group);
        if (options.getMessageDeduplicationIdStrategy() != null) {
            entry.messageDeduplicationId(options.getMessageDeduplicationIdStrategy().getMessageDeduplicationId(exchange));
        }
        return group;
    }

    /** The stock producer's rule: the first ten headers that the filter lets out and that have a type of SQS. */
    private List<Attribute> allHeaders(Exchange exchange) {
        List<Attribute> attributes = new ArrayList<>();
        for (Map.Entry<String, Object> header : exchange.getMessage().getHeaders().entrySet()) {
            if (filter.applyFilterToCamelHeaders(header.getKey(), header.getValue(), exchange)) {
                continue;
            }
            MessageAttributeValue value = Sqs2MessageHelper.toMessageAttributeValue(header.getValue());
            if (value != null && attributes.size() == Attribute.MAX) {
                tooMany(header.getKey());
                break;
            }
            if (value != null) {
                attributes.add(new Attribute(header.getKey(), value.dataType(), value.stringValue(),
                        value.binaryValue() == null ? null : value.binaryValue().asByteArrayUnsafe()));
            }
        }
        return attributes;
    }

    private void tooMany(String name) {
        String action = options.getMessageHeaderExceededLimit();
        String problem = target + ": an SQS message has at most " + Attribute.MAX + " attributes: the header " + name
                + " and those after it are too many; name those to be sent in messageAttributeHeaders";
        if ("FAIL".equalsIgnoreCase(action)) {
            throw new IllegalArgumentException(problem);
        }
        if (!"IGNORE".equalsIgnoreCase(action) && warned.compareAndSet(false, true)) {
            LOG.warn("{} (said once)", problem);
        }
    }

    private static Map<String, MessageAttributeValue> values(List<Attribute> attributes) {
        Map<String, MessageAttributeValue> values = new HashMap<>();
        for (Attribute attribute : attributes) {
            values.put(attribute.name(), MessageAttributeValue.builder().dataType(attribute.type()).stringValue(attribute.text())
                    .binaryValue(attribute.binary() == null ? null : SdkBytes.fromByteArrayUnsafe(attribute.binary())).build());
        }
        return values;
    }
}
