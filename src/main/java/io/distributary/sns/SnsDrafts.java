package io.distributary.sns;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.distributary.coalesce.CoalescingProducer.Message;
import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Part;
import io.distributary.oversize.Oversize;
import io.distributary.preview.Draft;
import io.distributary.preview.Drafts;
import org.apache.camel.component.aws2.sns.Sns2HeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategy;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** The entries that {@link SnsProducer} would publish. A topic given by its name keeps it: its ARN takes a look-up. */
final class SnsDrafts implements Drafts {
    private final SnsConfiguration options;
    private final SnsMessages messages;
    private final TopicNames names;

    SnsDrafts(SnsEndpoint endpoint) {
        options = endpoint.getConfiguration();
        // made by the endpoint when it starts
        HeaderFilterStrategy filter = endpoint.getHeaderFilterStrategy() == null ? new Sns2HeaderFilterStrategy()
                : endpoint.getHeaderFilterStrategy();
        messages = new SnsMessages(endpoint.name(), options, filter,
                Oversize.preview(endpoint.getCamelContext(), "aws2-sns", endpoint.name(), endpoint.getOversizeOptions()));
        String topic = options.getTopicArn() != null ? options.getTopicArn() : options.getTopicName();
        names = new TopicNames(endpoint.name(), options.getTopicAttribute(), options.getTopicPrefix(),
                SnsEndpoint.NO_TOPIC.equals(topic) ? "" : topic, Optional::of);
    }

    @Override
    public List<Draft> of(Part part) throws Exception {
        String topic = names.arnOf(part);
        Message<SnsMessage> sized = messages.of(part, topic);
        String target = "aws2-sns:" + Topic.nameOf(topic);
        if (sized.bytes() > options.getMaxBatchBytes()) {
            throw DeliveryException.tooLarge(target, part.id(), sized.bytes(), options.getMaxBatchBytes());
        }
        PublishBatchRequestEntry entry = sized.message().entry();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("TopicArn", topic.startsWith("arn:") ? topic : null);
        fields.put("Subject", entry.subject());
        fields.put("MessageStructure", entry.messageStructure());
        fields.put("MessageGroupId", entry.messageGroupId());
        fields.put("MessageDeduplicationId", entry.messageDeduplicationId());
        Map<String, Object> attributes = new LinkedHashMap<>();
        entry.messageAttributes().forEach((name, value) -> attributes.put(name,
                value.stringValue() != null ? value.stringValue() : value.binaryValue().asByteArray()));
        return List.of(new Draft(target, fields, attributes, entry.message().getBytes(StandardCharsets.UTF_8)));
    }
}
