package io.distributary.sandbox.sns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sns.model.TooManyEntriesInBatchRequestException;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The stand-in. What is here and not in {@link SnsContract} is what AWS's documentation says and fauxqs does not check or do:
 * failures inside a batch, refused batches, sizes, pages, sequence numbers.
 */
@WithSandbox({Service.SQS, Service.SNS})
final class SnsServerIT extends SnsContract {
    SnsServerIT(Stack stack) {
        super(stack.sns(), stack.sqs());
    }

    @Test
    void aBatchFailsByEntry() {
        subscribe(Map.of("RawMessageDelivery", "true"));

        var answer = sns.publishBatch(batch -> batch.topicArn(topic).publishBatchRequestEntries(entry("a", "one"),
                entry("b", "two").toBuilder().messageDeduplicationId("not-fifo").build(), entry("c", "three"),
                entry("d", "four").toBuilder().messageAttributes(Map.of("bad", text(""))).build()));

        assertEquals(List.of("a", "c"), answer.successful().stream().map(one -> one.id()).toList());
        assertEquals(List.of("b", "d"), answer.failed().stream().map(one -> one.id()).toList());
        assertEquals("InvalidParameter", answer.failed().get(0).code());
        assertTrue(answer.failed().get(0).senderFault());
        assertEquals(List.of("one", "three"), receive(queue, 2).stream().map(Message::body).sorted().toList());
    }

    @Test
    void aFifoTopicNumbersItsMessages() {
        var fifo = sns.createTopic(create -> create.name(name + ".fifo").attributes(Map.of("FifoTopic", "true"))).topicArn();

        var published = sns.publish(publish -> publish.topicArn(fifo).message("m").messageGroupId("g").messageDeduplicationId("1"));

        assertFalse(published.sequenceNumber().isEmpty());
    }

    @Test
    void aBatchAsAWholeIsRefusedAsSnsRefusesIt() {
        var eleven = IntStream.range(0, 11).mapToObj(i -> entry("e" + i, "x")).toList();
        assertThrows(TooManyEntriesInBatchRequestException.class,
                () -> sns.publishBatch(batch -> batch.topicArn(topic).publishBatchRequestEntries(eleven)));
        assertCode("BatchEntryIdsNotDistinct",
                () -> sns.publishBatch(batch -> batch.topicArn(topic)
                        .publishBatchRequestEntries(entry("a", "x"), entry("a", "y"))));
        assertCode("InvalidBatchEntryId",
                () -> sns.publishBatch(batch -> batch.topicArn(topic).publishBatchRequestEntries(entry("a b", "x"))));
        assertCode("EmptyBatchRequest", () -> sns.publishBatch(batch -> batch.topicArn(topic)
                .publishBatchRequestEntries(List.<PublishBatchRequestEntry>of())));
        var half = "x".repeat(128 * 1024);
        assertCode("BatchRequestTooLong", () -> sns.publishBatch(batch -> batch.topicArn(topic)
                .publishBatchRequestEntries(entry("a", half), entry("b", half + "x"))));
    }

    @Test
    void whatIsWrongIsAnInvalidParameter() {
        assertThrows(InvalidParameterException.class,
                () -> sns.publish(publish -> publish.topicArn(topic).message("")));
        assertThrows(InvalidParameterException.class, () -> sns.publish(publish -> publish.topicArn(topic)
                .message("x".repeat(256 * 1024 + 1))));
        assertThrows(InvalidParameterException.class,
                () -> sns.publish(publish -> publish.topicArn("topic").message("m")));
        assertThrows(InvalidParameterException.class,
                () -> sns.subscribe(s -> s.topicArn(topic).protocol("email").endpoint("a@b")));
        assertThrows(InvalidParameterException.class,
                () -> sns.subscribe(s -> s.topicArn(topic).protocol("sqs").endpoint(queueArn)
                .attributes(Map.of("FilterPolicy", "{\"a\": [{\"cidr\": \"::/0\"}]}"))));
    }

    @Test
    void topicsAndSubscriptionsAreListedOverPages() {
        var arns = new ArrayList<String>();
        for (var i = 0; i < Actions.PAGE_SIZE + 1; i++) {
            var numbered = name + "-" + i;
            arns.add(sns.createTopic(create -> create.name(numbered)).topicArn());
        }
        assertTrue(sns.listTopics().nextToken() != null, "more than one page");
        var listed = sns.listTopicsPaginator().topics().stream().map(one -> one.topicArn()).toList();
        assertTrue(listed.containsAll(arns));
        assertEquals(listed.size(), listed.stream().distinct().count());

        var subscription = subscribe(Map.of());
        assertEquals(List.of(subscription), sns.listSubscriptionsByTopicPaginator(list -> list.topicArn(topic))
                .subscriptions().stream().map(Subscription::subscriptionArn).toList());
        assertTrue(sns.listSubscriptionsPaginator().subscriptions().stream()
                .anyMatch(one -> one.subscriptionArn().equals(subscription) && one.endpoint().equals(queueArn)));
    }
}
