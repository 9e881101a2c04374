package io.distributary.deadletter.store;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

import io.distributary.deadletter.Letters;
import io.distributary.routes.Changes;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@WithSandbox({Service.SQS, Service.SNS})
final class SqsDeadLettersIT {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<RefusedEntry> refused = new ArrayList<>();
    private final Stack stack;
    private final String queue = Stack.uniqueName("letters");
    private String url;

    SqsDeadLettersIT(Stack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void queue() {
        Properties settings = new Properties();
        settings.putAll(stack.settings(Service.SQS));
        context.getPropertiesComponent().setInitialProperties(settings);
        context.start();
        url = stack.sqs().createQueue(create -> create.queueName(queue)).queueUrl();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @Test
    void whatIsRemovedIsGoneAndTheRestIsThereForTheNextReaderAtOnce() {
        for (int i = 0; i < 25; i++) {
            send(url, letter("ORDER#" + i));
        }
        send(url, "no letter");
        try (DeadLetterStore store = open(queue)) {
            List<StoredDeadLetter> letters = all(store);
            assertEquals(25, letters.size());
            assertFalse(store.hasNext());
            letters.subList(0, 20).forEach(store::remove);
            store.remove(letters.get(0));
        }
        assertEquals(1, refused.size());
        assertEquals("not a dead letter: not correct JSON: Unrecognized token 'no': was expecting (JSON String, Number, Array, Object or"
                + " token 'null', 'true' or 'false')", refused.get(0).reason());
        for (String name : List.of(url, "arn:aws:sqs:us-east-1:000000000000:" + queue)) {
            try (DeadLetterStore store = open(name)) {
                assertEquals(5, all(store).size(), name);
            }
        }
        assertEquals("6", stack.sqs().getQueueAttributes(get -> get.queueUrl(url)
                .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)).attributesAsStrings().get("ApproximateNumberOfMessages"));
    }

    @Test
    void anotherReaderGetsNothingOfWhatIsRead() {
        send(url, letter("ORDER#1"));
        DeadLetterStore store = open(queue);
        StoredDeadLetter letter = store.next();
        assertEquals("queue " + queue + ", message " + letter.id(), letter.place());
        try (DeadLetterStore other = open(queue)) {
            assertFalse(other.hasNext());
            assertEquals("1 0", other.withOthers() + " " + store.withOthers());
            store.close();
            assertTrue(other.hasNext());
            await().atMost(Duration.ofSeconds(60)).until(() -> other.withOthers() == 0);
        }
    }

    @Test
    void whatTakesLongerThanItsVisibilityIsStillKeptFromOthers() {
        send(url, letter("ORDER#1"));
        LetterReader letters = new LetterReader(context, refused::add);
        try (DeadLetterStore store = SqsDeadLetters.open(context, queue, letters, Duration.ofSeconds(6)); DeadLetterStore other = open(queue)) {
            StoredDeadLetter letter = store.next();
            await().during(Duration.ofSeconds(8)).atMost(Duration.ofSeconds(60)).until(() -> !other.hasNext());
            store.remove(letter);
        }
        try (DeadLetterStore store = open(queue)) {
            assertFalse(store.hasNext());
        }
    }

    @Test
    void ofAFifoGroupTheNextComesWhenTheOneBeforeIsRemoved() {
        String fifo = stack.sqs().createQueue(create -> create.queueName(queue + ".fifo")
                .attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true"))).queueUrl();
        for (String id : List.of("1", "2")) {
            stack.sqs().sendMessage(send -> send.queueUrl(fifo).messageBody(letter("ORDER#" + id)).messageGroupId("a")
                    .messageDeduplicationId(id));
        }
        List<String> order = new ArrayList<>();
        try (DeadLetterStore store = open(queue + ".fifo")) {
            while (store.hasNext()) {
                StoredDeadLetter letter = store.next();
                order.add(letter.letter().itemKey());
                store.remove(letter);
            }
        }
        assertEquals(List.of("ORDER#1|METADATA", "ORDER#2|METADATA"), order);
    }

    @Test
    void lettersThatATopicSentAreReadRawAndInTheirEnvelope() {
        String topic = stack.sns().createTopic(create -> create.name(queue)).topicArn();
        String raw = stack.sqs().createQueue(create -> create.queueName(queue + "-raw")).queueUrl();
        subscribe(topic, queue, "false");
        subscribe(topic, queue + "-raw", "true");
        stack.sns().publish(publish -> publish.topicArn(topic).message(letter("ORDER#1")));

        for (String name : List.of(url, raw)) {
            try (DeadLetterStore store = open(name)) {
                assertEquals(Set.of("ORDER#1|METADATA"),
                        all(store).stream().map(each -> each.letter().itemKey()).collect(Collectors.toSet()), name);
            }
        }
        assertEquals(List.of(), refused);
    }

    @Test
    void aMissingQueueIsTold() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> open("none-such"));
        assertTrue(refusal.getMessage().startsWith("There is no SQS queue none-such at http://"), refusal::getMessage);
    }

    private void subscribe(String topic, String to, String raw) {
        stack.sns().subscribe(subscribe -> subscribe.topicArn(topic).protocol("sqs").endpoint("arn:aws:sqs:us-east-1:000000000000:" + to)
                .attributes(Map.of("RawMessageDelivery", raw)));
    }

    private DeadLetterStore open(String name) {
        return DeadLetterStores.open(context, "sqs:" + name, refused::add);
    }

    private void send(String to, String body) {
        stack.sqs().sendMessage(send -> send.queueUrl(to).messageBody(body));
    }

    private static String letter(String partitionKey) {
        return Letters.of(Changes.of("INSERT", partitionKey), "kamelet:distributary-sqs-sink?queue=orders");
    }

    private static List<StoredDeadLetter> all(DeadLetterStore store) {
        List<StoredDeadLetter> letters = new ArrayList<>();
        store.forEachRemaining(letters::add);
        return letters;
    }
}
