package io.distributary.sandbox.sns;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Hands a published message to a queue, before the publish is answered. */
final class SqsDelivery implements Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(SqsDelivery.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** SQS refuses more attributes; raw delivery to it then fails at SNS too. */
    private static final int MAX_RAW_ATTRIBUTES = 10;

    private final SqsClient sqs;
    private final Map<String, String> queueUrls = new ConcurrentHashMap<>();

    SqsDelivery(SqsClient sqs) {
        this.sqs = sqs;
    }

    @Override
    public void deliver(Topic topic, Subscription subscription, Message message, Published published,
            String deduplicationId) {
        var raw = subscription.raw();
        if (raw && message.attributes().size() > MAX_RAW_ATTRIBUTES) {
            LOG.warn("Message {} has more than {} attributes: not delivered raw to {}", published.messageId(),
                    MAX_RAW_ATTRIBUTES, subscription.queueArn());
            return;
        }
        try {
            sqs.sendMessage(send -> {
                send.queueUrl(queueUrl(subscription.queueArn()))
                        .messageBody(raw ? message.body() : envelope(topic, subscription, message, published));
                if (raw) {
                    send.messageAttributes(sqsAttributes(message));
                }
                if (subscription.queueArn().endsWith(".fifo")) {
                    send.messageGroupId(message.group()).messageDeduplicationId(deduplicationId);
                }
            });
        } catch (SdkException e) {
            // As at SNS, the publisher is not told; SNS would retry.
            queueUrls.remove(subscription.queueArn());
            LOG.warn("Message {} of {} was not delivered to {}: {}", published.messageId(), topic.arn(),
                    subscription.queueArn(), e.getMessage());
        }
    }

    private String queueUrl(String queueArn) {
        return queueUrls.computeIfAbsent(queueArn, arn -> {
            var name = arn.substring(arn.lastIndexOf(':') + 1);
            return sqs.getQueueUrl(get -> get.queueName(name)).queueUrl();
        });
    }

    private static Map<String, MessageAttributeValue> sqsAttributes(Message message) {
        var attributes = new HashMap<String, MessageAttributeValue>();
        message.attributes().forEach((name, attribute) -> {
            var value = MessageAttributeValue.builder().dataType(attribute.type());
            if (attribute.binary()) {
                value.binaryValue(SdkBytes.fromByteArray(Base64.getDecoder().decode(attribute.value())));
            } else {
                value.stringValue(attribute.value());
            }
            attributes.put(name, value.build());
        });
        return attributes;
    }

    private static String envelope(Topic topic, Subscription subscription, Message message, Published published) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("Type", "Notification");
        envelope.put("MessageId", published.messageId());
        if (published.sequenceNumber() != null) {
            envelope.put("SequenceNumber", published.sequenceNumber());
        }
        envelope.put("TopicArn", topic.arn());
        if (message.subject() != null) {
            envelope.put("Subject", message.subject());
        }
        envelope.put("Message", message.body());
        envelope.put("Timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        envelope.put("UnsubscribeURL", "http://localhost/?Action=Unsubscribe&SubscriptionArn=" + subscription.arn());
        if (!message.attributes().isEmpty()) {
            var attributes = envelope.putObject("MessageAttributes");
            message.attributes().forEach((name, attribute) ->
                    attributes.putObject(name).put("Type", attribute.type()).put("Value", attribute.value()));
        }
        return envelope.toString();
    }
}
