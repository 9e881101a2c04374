package io.distributary.recipes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

@WithSandbox({Service.DYNAMODB, Service.SNS, Service.SQS})
class EventRouterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Items shop;
    private Items replica;
    private SqsInbox placed;
    private SqsInbox changed;
    private SqsInbox removed;
    private SqsInbox invoices;
    private RecipeRun router;

    @TempDir
    private Path folder;

    EventRouterIT(Stack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void router() throws Exception {
        shop = new Items(stack, Stack.uniqueName("shop"));
        replica = new Items(stack, Stack.uniqueName("shop-replica"));
        placed = new SqsInbox(stack, Stack.uniqueName("placed"));
        removed = new SqsInbox(stack, Stack.uniqueName("removed"));
        String changedTopic = Stack.uniqueName("changed") + ".fifo";
        String invoicesTopic = Stack.uniqueName("invoices");
        changed = new SqsInbox(stack, Stack.uniqueName("changed-inbox") + ".fifo").subscribedTo(changedTopic);
        invoices = new SqsInbox(stack, Stack.uniqueName("invoices-inbox")).subscribedTo(invoicesTopic);
        router = new RecipeRun(stack, folder, "event-router").set("ROUTER_TABLE", shop.table).set("ROUTER_REPLICA_TABLE", replica.table)
                .set("ROUTER_REPLICA_REGION", "eu-central-1").set("ROUTER_PLACED_QUEUE", placed.name)
                .set("ROUTER_REMOVED_QUEUE", removed.name).set("ROUTER_CHANGED_TOPIC", changedTopic)
                .set("ROUTER_INVOICES_TOPIC", invoicesTopic).bind("meters", meters);
    }

    @Test
    void eachKindOfChangeGoesToItsHandlerAndToTheReplicaInOrder() {
        Main application = router.start();
        try {
            shop.put("ORDER#1", "A", order("c-1", "10"));
            IntStream.rangeClosed(11, 30).forEach(total -> shop.put("ORDER#1", "A", order("c-1", Integer.toString(total))));
            shop.put("ORDER#2", "A", order("c-2", "12345678901234567890123456789012345678"));
            shop.put("ORDER#3", "A", order("c-3", "5"));
            shop.remove("ORDER#3", "A");
            shop.put("BILL#1", "A", Map.of("type", s("invoice"), "number", s("I-1"), "amount", n("7")));
            shop.remove("BILL#1", "A");
            shop.put("CART#1", "A", Map.of("type", s("cart")));
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(27, counts().values().stream().mapToDouble(n -> n).sum()));
            await().atMost(PATIENCE).until(() -> "30".equals(total("ORDER#1")));
        } finally {
            application.stop();
        }

        assertEquals(List.of("ORDER#1", "ORDER#2", "ORDER#3"), partitionKeys(placed.look()).stream().sorted().toList());
        assertEquals(IntStream.rangeClosed(11, 30).mapToObj(Integer::toString).toList(),
                changed.look().stream().map(message -> json(message).at("/new_image/total").asText()).toList(), "in order, each once");
        assertEquals(List.of("ORDER#3"), partitionKeys(removed.look()));
        assertEquals(List.of("INSERT", "REMOVE"),
                invoices.look().stream().map(message -> json(message).get("event_name").asText()).toList());
        assertEquals(List.of(), router.deadLetters.look());
        assertEquals(new TreeMap<>(Map.of("order INSERT", 3.0, "order MODIFY", 20.0, "order REMOVE", 1.0, "invoice INSERT", 1.0,
                "invoice REMOVE", 1.0, "other INSERT", 1.0)), counts());
        assertEquals("30", replica.get("ORDER#1", "A").get("total").n());
        assertEquals("12345678901234567890123456789012345678", replica.get("ORDER#2", "A").get("total").n());
        assertEquals(List.of(Map.of(), Map.of(), Map.of()),
                List.of(replica.get("ORDER#3", "A"), replica.get("BILL#1", "A"), replica.get("CART#1", "A")));
    }

    @Test
    void whatIsNotAsItMustBeGoesToTheDeadLettersWithItsReasonAndTheOthersGoOn() {
        shop.put("ORDER#1", "A", Map.of("customer_id", s("c-1"), "total", s("ten")));
        shop.put("ORDER#2", "A", order("c-2", "-1"));
        shop.put("ORDER#3", "A", order("c-3", "3"));
        shop.put("ORDER#3", "A", Map.of("customer_id", n("3"), "total", n("3"), "lines", AttributeValue.fromL(List.of())));
        shop.put("ORDER#3", "A", order("c-3", "4"));
        shop.put("BILL#1", "A", Map.of("type", s("invoice"), "number", s("I-1")));
        shop.put("ORDER#4", "A", order("c-4", "4"));
        Main application = router.start();
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(4, router.deadLetters.look().size()));
            await().atMost(PATIENCE).until(() -> "4".equals(total("ORDER#4")));
        } finally {
            application.stop();
        }

        Map<String, String> reasons = new TreeMap<>();
        for (Message message : router.deadLetters.look()) {
            JsonNode dead = json(message);
            assertEquals(1, dead.get("attempts").asInt(), "what cannot succeed is not tried again");
            reasons.put(dead.get("route_id").asText() + ' ' + dead.at("/record/dynamodb/Keys/pk/S").asText(),
                    dead.at("/exception/message").asText());
        }
        assertEquals(new TreeSet<>(List.of("order-placed ORDER#1", "order-placed ORDER#2", "order-changed ORDER#3", "invoice BILL#1")),
                reasons.keySet());
        String first = reasons.get("order-placed ORDER#1");
        assertTrue(first.contains("total is of type S, not N; lines is missing") && !first.contains("ten"), first);
        assertTrue(reasons.get("order-placed ORDER#2").contains("numeric"), reasons::toString);
        assertTrue(reasons.get("order-changed ORDER#3").contains("customer_id is of type N, not S"), reasons::toString);
        assertTrue(reasons.get("invoice BILL#1").contains("amount is missing"), reasons::toString);
        assertEquals(List.of("ORDER#3", "ORDER#4"), partitionKeys(placed.look()).stream().sorted().toList());
        assertEquals(List.of("4"), changed.look().stream().map(message -> json(message).at("/new_image/total").asText()).toList());
        assertEquals(List.of(), invoices.look());
        assertEquals("4", replica.get("ORDER#3", "A").get("total").n(), "later changes of an item go on");
        assertEquals(Map.of(), replica.get("ORDER#1", "A"));
    }

    @Test
    void whileTheDeadLettersCannotBeStoredABadRecordWaits() {
        router.set("camel.component.aws2-sqs.retry-timeout", "200");
        Main application = router.start();
        try {
            router.deadLetters.delete();
            shop.put("ORDER#1", "A", Map.of("total", s("ten")));
            shop.put("ORDER#2", "A", order("c-2", "2"));
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(List.of("ORDER#2"), partitionKeys(placed.look())));
            await().atMost(PATIENCE).untilAsserted(() -> assertTrue(counts().get("order INSERT") >= 3, "delivered again"));
            SqsInbox deadLetters = new SqsInbox(stack, router.deadLetters.name);
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(1, deadLetters.look().size()));
        } finally {
            application.stop();
        }
    }

    private String total(String order) {
        AttributeValue total = replica.get(order, "A").get("total");
        return total == null ? null : total.n();
    }

    private Map<String, Double> counts() {
        Map<String, Double> counts = new TreeMap<>();
        meters.find("distributary.route.changes").counters().forEach(counter -> {
            assertEquals(shop.table, counter.getId().getTag("table"));
            if (counter.count() > 0) {
                counts.put(counter.getId().getTag("kind") + ' ' + counter.getId().getTag("event_name"), counter.count());
            }
        });
        return counts;
    }

    private static Map<String, AttributeValue> order(String customer, String total) {
        return new HashMap<>(Map.of("customer_id", s(customer), "total", n(total), "lines", AttributeValue.fromL(List.of(s("x")))));
    }

    private static List<String> partitionKeys(List<Message> messages) {
        return messages.stream().map(message -> json(message).at("/keys/pk").asText()).toList();
    }

    private static JsonNode json(Message message) {
        try {
            return new ObjectMapper().readTree(message.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue n(String digits) {
        return AttributeValue.fromN(digits);
    }
}
