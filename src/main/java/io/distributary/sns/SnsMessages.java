package io.distributary.sns;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.distributary.aws.Attribute;
import io.distributary.aws.AttributeHeaders;
import io.distributary.coalesce.CoalescingProducer.Message;
import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Part;
import io.distributary.fifo.FifoIds;
import io.distributary.oversize.Oversize;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.sns.Sns2Constants;
import org.apache.camel.spi.HeaderFilterStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** Makes messages of exchanges as the endpoint's options and the stock headers say. Thread-safe. */
final class SnsMessages {
    private final SnsConfiguration options;
    private final HeaderFilterStrategy filter;
    private final AttributeHeaders declared;
    private final Oversize oversize;

    /**
     * @param filter   which headers go out where none are declared
     * @param oversize what becomes of messages that are too large
     */
    SnsMessages(String target, SnsConfiguration options, HeaderFilterStrategy filter, Oversize oversize) {
        this.options = options;
        this.filter = filter;
        this.oversize = oversize;
        this.declared = options.getMessageAttributeHeaders() == null ? null
                : AttributeHeaders.parse(options.getMessageAttributeHeaders(), target);
    }

    /** Its lane is its order: on a FIFO topic the group's, else the item's. */
    Message<SnsMessage> of(Part part, String topicArn) throws CamelExchangeException, DeliveryException {
        Exchange exchange = part.asExchange();
        List<Attribute> attributes = declared != null ? declared.of(exchange, part.event()) : allHeaders(exchange);
        String subject = exchange.getMessage().getHeader(Sns2Constants.SUBJECT, options.getSubject(), String.class);
        String structure = exchange.getMessage().getHeader(Sns2Constants.MESSAGE_STRUCTURE, options.getMessageStructure(), String.class);
        int other = Attribute.messageBytes(subject == null ? "" : subject, attributes);
        String given = part.bodyAs(String.class);
        // a structured message holds one for each protocol: nothing else can stand for it
        String body = structure != null ? given : oversize.fit(part, given, other, options.getMaxBatchBytes());
        PublishBatchRequestEntry.Builder entry = PublishBatchRequestEntry.builder().message(body).subject(subject)
                .messageStructure(structure);
        if (!attributes.isEmpty()) {
            entry.messageAttributes(values(attributes));
        }
        String lane = Topic.isFifo(topicArn) ? fifo(entry, part, exchange) : part.lane();
        int bytes = other + Attribute.messageBytes(body, List.of());
        return new Message<>(new SnsMessage(part, topicArn, entry.build()), lane, bytes);
    }

    /** The strategies are ours by default; the ids of a batch's headers are not those of its records. */
    private String fifo(PublishBatchRequestEntry.Builder entry, Part part, Exchange exchange) {
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

    /** The stock producer's rule: every header that the filter lets out and that has a form for SNS, numbers as String. */
    private List<Attribute> allHeaders(Exchange exchange) {
        List<Attribute> attributes = new ArrayList<>();
        exchange.getMessage().getHeaders().forEach((name, value) -> {
            if (!filter.applyFilterToCamelHeaders(name, value, exchange)) {
                Attribute attribute = stockAttribute(name, value);
                if (attribute != null) {
                    attributes.add(attribute);
                }
            }
        });
        return attributes;
    }

    private static Attribute stockAttribute(String name, Object value) {
        if (value instanceof byte[] bytes) {
            return new Attribute(name, "Binary", null, bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            return new Attribute(name, "Binary", null, SdkBytes.fromByteBuffer(buffer).asByteArrayUnsafe());
        }
        if (value instanceof List<?> list) {
            return new Attribute(name, "String.Array", list.stream()
                    .map(each -> each instanceof String ? "\"" + each + "\"" : Objects.toString(each))
                    .collect(Collectors.joining(", ", "[", "]")), null);
        }
        boolean text = value instanceof String given ? !given.isEmpty() : value instanceof Number || value instanceof Date;
        return text ? new Attribute(name, "String", value.toString(), null) : null;
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
