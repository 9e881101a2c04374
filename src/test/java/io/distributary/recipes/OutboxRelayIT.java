package io.distributary.recipes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.distributary.cli.PackagedJar;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

@WithSandbox({Service.DYNAMODB, Service.SNS, Service.SQS})
class OutboxRelayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;
    private Items outbox;
    private RecipeRun relay;
    private String prefix;

    @TempDir
    private Path folder;

    OutboxRelayIT(Stack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void outbox() throws Exception {
        outbox = new Items(stack, Stack.uniqueName("outbox"));
        prefix = Stack.uniqueName("shop") + "-";
        relay = new RecipeRun(stack, folder, "outbox-relay").set("OUTBOX_TABLE", outbox.table).set("AWS_SNS_TOPIC_PREFIX", prefix);
    }

    @Test
    void anInsertedItemIsPublishedToItsTopicOnceAndMarked() {
        SqsInbox orders = inbox("orders");
        SqsInbox payments = inbox("payments");
        relay.set("OUTBOX_CREATE_TOPICS", "true");
        Main application = relay.start();
        try {
            put("o-1", "m-1", "orders", AttributeValue.fromS("{\"total\":1.50}"),
                    Map.of("correlation_id", AttributeValue.fromS("c-1"), "CamelAwsSnsSubject", AttributeValue.fromS("x")));
            put("p-1", "m-2", "payments", AttributeValue.fromM(Map.of("n", AttributeValue.fromN("12345678901234567890123456789012345678"))),
                    Map.of());
            put("p-1", "m-3", "fresh", AttributeValue.fromS("hello"), Map.of());
            await().atMost(PATIENCE).until(() -> isMarked("o-1", "m-1") && isMarked("p-1", "m-2") && isMarked("p-1", "m-3"));
            outbox.remove("p-1", "m-2");
            // behind the marks and the removal in the stream of each aggregate
            put("o-1", "m-4", "orders", AttributeValue.fromS("last"), Map.of());
            put("p-1", "m-5", "payments", AttributeValue.fromS("last"), Map.of());
            await().atMost(PATIENCE).until(() -> isMarked("o-1", "m-4") && isMarked("p-1", "m-5"));
        } finally {
            application.stop();
        }

        assertEquals(List.of("{\"total\":1.50}", "last"), orders.look().stream().map(Message::body).toList());
        assertEquals(List.of("{\"n\":12345678901234567890123456789012345678}", "last"),
                payments.look().stream().map(Message::body).toList());
        Map<String, String> attributes = attributes(orders.look().get(0));
        assertFalse(attributes.remove("event_id").isEmpty());
        assertEquals(new TreeMap<>(Map.of("id", "m-1", "aggregate_id", "o-1", "correlation_id", "c-1")), attributes);
        assertTrue(stack.sns().listTopics().topics().stream().anyMatch(topic -> topic.topicArn().endsWith(":" + prefix + "fresh")));
        assertEquals(List.of(), relay.deadLetters.look());
    }

    @Test
    void aFifoTopicGetsTheMessagesOfAnAggregateInOrderUnderTheItemsId() {
        SqsInbox orders = inbox("orders.fifo");
        for (int i = 100; i < 120; i++) {
            for (String order : List.of("o-1", "o-2", "o-3")) {
                put(order, order + "-" + i, "orders.fifo", AttributeValue.fromS(order + "-" + i), Map.of());
            }
        }
        Main application = relay.start();
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(60, orders.look().size()));
        } finally {
            application.stop();
        }
        Map<String, List<String>> byAggregate = new HashMap<>();
        for (Message message : orders.look()) {
            assertEquals(message.body(), message.attributes().get(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID));
            byAggregate.computeIfAbsent(message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID), group -> new ArrayList<>())
                    .add(message.body());
        }
        assertEquals(List.of("o-1", "o-2", "o-3"), byAggregate.keySet().stream().sorted().toList());
        byAggregate.forEach((aggregate, bodies) -> assertEquals(bodies.stream().sorted().toList(), bodies, aggregate));
    }

    @Test
    void theMarkCanBeLeftOutAndWhatCannotBePublishedBecomesADeadLetter() {
        SqsInbox orders = inbox("orders");
        relay.set("OUTBOX_SKIP_MARK_MESSAGES_AS_DISPATCHED", "true");
        outbox.put("o-1", "no-topic", Map.of("id", AttributeValue.fromS("no-topic"), "payload", AttributeValue.fromS("x")));
        outbox.put("o-1", "no-payload", Map.of("id", AttributeValue.fromS("no-payload"), "topic", AttributeValue.fromS("orders")));
        put("o-1", "good", "orders", AttributeValue.fromS("good"), Map.of());
        Main application = relay.start();
        try {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertEquals(List.of("good"), orders.look().stream().map(Message::body).toList());
                assertEquals(2, relay.deadLetters.look().size());
            });
        } finally {
            application.stop();
        }
        assertFalse(isMarked("o-1", "good"));
        assertTrue(relay.deadLetters.look().get(0).body().contains("no text in the attribute topic"), relay.deadLetters.look()::toString);
        assertTrue(relay.deadLetters.look().get(1).body().contains("Cannot convert new_image.payload"), relay.deadLetters.look()::toString);
    }

    @Test
    void aCrashBetweenPublishingAndMarkingPublishesAgainUnderTheSameId() throws Exception {
        SqsInbox orders = inbox("orders");
        SqsInbox fifo = inbox("orders.fifo");
        put("o-1", "m-1", "orders", AttributeValue.fromS("one"), Map.of());
        put("o-2", "m-2", "orders.fifo", AttributeValue.fromS("two"), Map.of());
        try (DynamoDbGate gate = new DynamoDbGate(stack.endpoint(Service.DYNAMODB), "UpdateItem")) {
            relay.set("AWS_ENDPOINT_DYNAMODB", gate.url());
            try (PackagedJar crashed = relay.startJar()) {
                await().atMost(PATIENCE).until(() -> orders.look().size() == 1 && fifo.look().size() == 1 && gate.kept().size() >= 2);
                assertTrue(crashed.isRunning());
            } // killed
        }
        assertFalse(isMarked("o-1", "m-1") || isMarked("o-2", "m-2"));

        relay.set("AWS_ENDPOINT_DYNAMODB", stack.endpoint(Service.DYNAMODB).toString());
        try (PackagedJar restarted = relay.startJar()) {
            await().atMost(PATIENCE).until(() -> isMarked("o-1", "m-1") && isMarked("o-2", "m-2"));
            assertTrue(restarted.isRunning());
        }
        assertEquals(2, orders.look().size(), "again");
        assertEquals(attributes(orders.look().get(0)), attributes(orders.look().get(1)));
        assertEquals("m-1", attributes(orders.look().get(1)).get("id"));
        assertEquals(1, fifo.look().size(), "the FIFO topic knows the id");
    }

    private SqsInbox inbox(String topic) {
        return new SqsInbox(stack, prefix + topic).subscribedTo(prefix + topic);
    }

    private void put(String aggregate, String id, String topic, AttributeValue payload, Map<String, AttributeValue> headers) {
        outbox.put(aggregate, id, Map.of("id", AttributeValue.fromS(id), "aggregate_id", AttributeValue.fromS(aggregate),
                "topic", AttributeValue.fromS(topic), "payload", payload, "headers", AttributeValue.fromM(headers)));
    }

    private boolean isMarked(String aggregate, String id) {
        return outbox.get(aggregate, id).containsKey("dispatched_at");
    }

    private static Map<String, String> attributes(Message message) {
        Map<String, String> attributes = new TreeMap<>();
        message.messageAttributes().forEach((name, value) -> attributes.put(name, value.stringValue()));
        return attributes;
    }
}
