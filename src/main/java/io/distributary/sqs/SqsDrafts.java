package io.distributary.sqs;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.distributary.coalesce.CoalescingProducer.Message;
import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Part;
import io.distributary.oversize.Oversize;
import io.distributary.preview.Draft;
import io.distributary.preview.Drafts;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.apache.camel.component.aws2.sqs.Sqs2HeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategy;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The entries that {@link SqsProducer} would send. */
final class SqsDrafts implements Drafts {
    private final String target;
    private final SqsConfiguration options;
    private final SqsMessages messages;

    SqsDrafts(SqsEndpoint endpoint) {
        target = endpoint.name();
        options = endpoint.getConfiguration();
        // made by the endpoint when it starts
        HeaderFilterStrategy filter = endpoint.getHeaderFilterStrategy() == null ? new Sqs2HeaderFilterStrategy()
                : endpoint.getHeaderFilterStrategy();
        messages = new SqsMessages(target, options, filter,
                Oversize.preview(endpoint.getCamelContext(), "aws2-sqs", options.getQueueName(), endpoint.getOversizeOptions()));
    }

    @Override
    public List<Draft> of(Part part) throws Exception {
        Message<SqsMessage> sized = messages.of(part);
        if (sized.bytes() > options.getMaxBatchBytes()) {
            throw DeliveryException.tooLarge(target, part.id(), sized.bytes(), options.getMaxBatchBytes());
        }
        SendMessageBatchRequestEntry entry = sized.message().entry();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("MessageGroupId", entry.messageGroupId());
        fields.put("MessageDeduplicationId", entry.messageDeduplicationId());
        fields.put("DelaySeconds", entry.delaySeconds());
        Map<String, Object> attributes = new LinkedHashMap<>();
        entry.messageAttributes().forEach((name, value) -> attributes.put(name,
                value.stringValue() != null ? value.stringValue() : value.binaryValue().asByteArray()));
        return List.of(new Draft(target, fields, attributes, entry.messageBody().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String operation(org.apache.camel.Message message) {
        return message.getHeader(Sqs2Constants.SQS_OPERATION, String.class);
    }
}
