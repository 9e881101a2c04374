package io.distributary.sandbox.sns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.sandbox.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What an SNS server does, as far as routes and their tests rely on it. */
abstract class SnsContract {
    private static final ObjectMapper JSON = new ObjectMapper();

    final SnsClient sns;
    final SqsClient sqs;
    final String name = Stack.uniqueName("sns");
    String topic;
    String queue;
    String queueArn;

    SnsContract(SnsClient sns, SqsClient sqs) {
        this.sns = sns;
        this.sqs = sqs;
    }

    @BeforeEach
    void createTopicAndQueue() {
        topic = sns.createTopic(create -> create.name(name)).topicArn();
        queue = sqs.createQueue(create -> create.queueName(name)).queueUrl();
        queueArn = arnOf(queue);
    }

    @Test
    void theEnvelopeHoldsMessageSubjectAndAttributes() throws Exception {
        subscribe(Map.of());

        var id = sns.publish(publish -> publish.topicArn(topic).subject("s").message("{\"a\": \"ü & <b>\"}")
                .messageAttributes(Map.of("event", text("INSERT")))).messageId();

        var envelope = JSON.readTree(receive(queue, 1).get(0).body());
        assertEquals("Notification", envelope.get("Type").asText());
        assertEquals(id, envelope.get("MessageId").asText());
        assertEquals(topic, envelope.get("TopicArn").asText());
        assertEquals("s", envelope.get("Subject").asText());
        assertEquals("{\"a\": \"ü & <b>\"}", envelope.get("Message").asText());
        assertEquals("INSERT", envelope.at("/MessageAttributes/event/Value").asText());
    }

    @Test
    void rawDeliveryCarriesBodyAndAttributes() {
        subscribe(Map.of("RawMessageDelivery", "true"));

        var bytes = MessageAttributeValue.builder().dataType("Binary").binaryValue(SdkBytes.fromUtf8String("x"))
                .build();
        sns.publish(publish -> publish.topicArn(topic).message("hello")
                .messageAttributes(Map.of("event", text("INSERT"), "bytes", bytes)));

        var message = receive(queue, 1).get(0);
        assertEquals("hello", message.body());
        assertEquals("INSERT", message.messageAttributes().get("event").stringValue());
        assertEquals("x", message.messageAttributes().get("bytes").binaryValue().asUtf8String());
    }

    @Test
    void onlyMessagesThatMatchTheFilterPolicyArrive() {
        subscribe(Map.of("RawMessageDelivery", "true", "FilterPolicyScope", "MessageAttributes",
                "FilterPolicy", "{\"event\": [{\"anything-but\": [\"REMOVE\"]}]}"));

        for (var event : List.of("INSERT", "REMOVE", "MODIFY")) {
            sns.publish(publish -> publish.topicArn(topic).message(event)
                    .messageAttributes(Map.of("event", text(event))));
        }

        assertEquals(List.of("INSERT", "MODIFY"), receive(queue, 2).stream().map(Message::body).sorted().toList());
    }

    @Test
    void aFifoTopicPassesGroupAndDeduplicationIdOn() {
        var fifoTopic = sns.createTopic(create -> create.name(name + ".fifo").attributes(Map.of("FifoTopic", "true")))
                .topicArn();
        var fifoQueue = sqs.createQueue(create -> create.queueName(name + ".fifo")
                .attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true"))).queueUrl();
        sns.subscribe(subscribe -> subscribe.topicArn(fifoTopic).protocol("sqs").endpoint(arnOf(fifoQueue))
                .attributes(Map.of("RawMessageDelivery", "true")));

        for (var id : List.of("1", "2", "2", "3")) {
            sns.publish(publish -> publish.topicArn(fifoTopic).message("m" + id)
                    .messageGroupId("ORDER#1|METADATA")
                    .messageDeduplicationId(id));
        }

        var messages = receive(fifoQueue, 3);
        assertEquals(List.of("m1", "m2", "m3"), messages.stream().map(Message::body).toList());
        assertEquals("ORDER#1|METADATA", messages.get(0).attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID));
        assertEquals("1", messages.get(0).attributes().get(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID));
    }

    @Test
    void aBatchIsAnsweredByEntryAndDelivered() {
        subscribe(Map.of("RawMessageDelivery", "true"));

        var answer = sns.publishBatch(batch -> batch.topicArn(topic).publishBatchRequestEntries(entry("a", "one"), entry("b", "two")));

        assertEquals(List.of("a", "b"), answer.successful().stream().map(one -> one.id()).toList());
        assertTrue(answer.failed().isEmpty());
        assertEquals(List.of("one", "two"), receive(queue, 2).stream().map(Message::body).sorted().toList());
    }

    @Test
    void whatIsMissingIsNotFound() {
        assertThrows(NotFoundException.class, () -> sns.publish(publish -> publish.topicArn(topic + "x").message("m")));
        assertThrows(NotFoundException.class, () -> sns.getTopicAttributes(get -> get.topicArn(topic + "x")));
        assertThrows(NotFoundException.class,
                () -> sns.subscribe(s -> s.topicArn(topic + "x").protocol("sqs").endpoint(queueArn)));
    }

    @Test
    void attributesAreReadBackAsSet() {
        sns.setTopicAttributes(set -> set.topicArn(topic).attributeName("DisplayName").attributeValue("Orders"));
        assertEquals("Orders", sns.getTopicAttributes(get -> get.topicArn(topic)).attributes().get("DisplayName"));

        var subscription = subscribe(Map.of());
        sns.setSubscriptionAttributes(set -> set.subscriptionArn(subscription).attributeName("RawMessageDelivery")
                .attributeValue("true"));
        assertEquals("true", sns.getSubscriptionAttributes(get -> get.subscriptionArn(subscription)).attributes()
                .get("RawMessageDelivery"));
    }

    @Test
    void creatingAgainGivesTheSameTopicUnlessItsAttributesDiffer() {
        assertEquals(topic, sns.createTopic(create -> create.name(name)).topicArn());
        assertThrows(InvalidParameterException.class,
                () -> sns.createTopic(create -> create.name(name).attributes(Map.of("DisplayName", "other"))));
    }

    @Test
    void afterUnsubscribingNothingArrives() {
        var other = sqs.createQueue(create -> create.queueName(name + "-other")).queueUrl();
        sns.unsubscribe(unsubscribe -> unsubscribe.subscriptionArn(subscribe(Map.of("RawMessageDelivery", "true"))));
        sns.subscribe(subscribe -> subscribe.topicArn(topic).protocol("sqs").endpoint(arnOf(other))
                .attributes(Map.of("RawMessageDelivery", "true")));

        sns.publish(publish -> publish.topicArn(topic).message("m"));

        receive(other, 1);
        assertEquals(0, sqs.receiveMessage(receive -> receive.queueUrl(queue)).messages().size());
    }

    @Test
    void aDeletedTopicIsGoneAndDeletingItAgainIsNoError() {
        sns.deleteTopic(delete -> delete.topicArn(topic));
        sns.deleteTopic(delete -> delete.topicArn(topic));
        assertThrows(NotFoundException.class, () -> sns.publish(publish -> publish.topicArn(topic).message("m")));
    }

    String subscribe(Map<String, String> attributes) {
        return sns.subscribe(subscribe -> subscribe.topicArn(topic).protocol("sqs").endpoint(queueArn)
                .attributes(attributes).returnSubscriptionArn(true)).subscriptionArn();
    }

    private String arnOf(String queueUrl) {
        return sqs.getQueueAttributes(get -> get.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes().get(QueueAttributeName.QUEUE_ARN);
    }

    List<Message> receive(String queueUrl, int expected) {
        var messages = new ArrayList<Message>();
        Awaitility.await().until(() -> {
            var some = sqs.receiveMessage(receive -> receive.queueUrl(queueUrl).maxNumberOfMessages(10)
                    .waitTimeSeconds(1).messageAttributeNames("All")
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL)).messages();
            messages.addAll(some);
            // the next of a group comes when this one is gone
            some.forEach(each -> sqs.deleteMessage(delete -> delete.queueUrl(queueUrl).receiptHandle(each.receiptHandle())));
            return messages.size() >= expected;
        });
        assertEquals(expected, messages.size());
        return messages;
    }

    static void assertCode(String code, Executable call) {
        assertEquals(code, assertThrows(SnsException.class, call).awsErrorDetails().errorCode());
    }

    static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }

    static PublishBatchRequestEntry entry(String id, String message) {
        return PublishBatchRequestEntry.builder().id(id).message(message).build();
    }
}
