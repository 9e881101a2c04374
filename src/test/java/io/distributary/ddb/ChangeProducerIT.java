package io.distributary.ddb;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.TargetUnavailableException;
import io.distributary.ddb.FaultyDynamoDb.Fault;
import io.distributary.event.ChangeEvent;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.distributary.sandbox.fault.FaultProxy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Changes through {@code aws2-ddb}, as a route sends them, into DynamoDB Local behind a server with faults. */
@WithSandbox(Service.DYNAMODB)
final class ChangeProducerIT {
    private static final Fault THROTTLED = new Fault(400, "ProvisionedThroughputExceededException", false);
    private static final Fault BROKEN = new Fault(500, "InternalServerError", false);
    private static final Fault DENIED = new Fault(400, "AccessDeniedException", false);
    private static final Fault REFUSED = new Fault(400, "ValidationException", false);
    private static final Fault RESET = new Fault(0, null, false);
    private static final Fault ANSWER_LOST = new Fault(0, null, true);

    private final String table = Stack.uniqueName("replica");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private DefaultCamelContext context;
    private ProducerTemplate template;
    private FaultyDynamoDb server;

    @BeforeEach
    void start(Stack stack) throws Exception {
        stack.createTable(table, StreamViewType.NEW_AND_OLD_IMAGES);
        server = new FaultyDynamoDb(stack.endpoint(Service.DYNAMODB));
        context = new DefaultCamelContext();
        Properties settings = new Properties();
        settings.putAll(stack.settings(Service.DYNAMODB));
        settings.put("aws.endpoint.dynamodb", server.endpoint());
        context.getPropertiesComponent().setInitialProperties(settings);
        context.getRegistry().bind("meters", meters);
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        server.close();
    }

    @Test
    void aThousandChangesEndAsTheyWereMadeWhateverTheServerAnswers(Stack stack) throws Exception {
        int items = 50;
        for (int i = 0; i < 5; i++) {
            server.next("PutItem", THROTTLED, BROKEN, RESET, ANSWER_LOST);
            server.next("UpdateItem", THROTTLED, ANSWER_LOST);
            server.next("DeleteItem", RESET, ANSWER_LOST);
        }
        Endpoint endpoint = context.getEndpoint("aws2-ddb:" + table + "?changeOperation=REPLICATE");
        AsyncProducer producer = endpoint.createAsyncProducer();
        context.addService(producer);
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int change = 0; change < 1000; change++) {
            ChangeEvent event = event("item" + change % items, change / items);
            Exchange exchange = endpoint.createExchange();
            exchange.getMessage().setBody(event);
            sent.add(producer.processAsync(exchange)); // on this thread, so in order
        }

        for (CompletableFuture<Exchange> each : sent) {
            assertNull(each.get().getException());
        }
        for (int i = 0; i < items; i++) {
            assertEquals("v19", item(stack, "item" + i).get("value").s());
        }
        assertTrue(counter("distributary.target.retries") >= 40, "retries " + counter("distributary.target.retries"));
        assertEquals(0, counter("distributary.target.failures"));
        // sent in order, nothing is superseded but by its own first attempt, whose answer was lost
        assertTrue(counter("distributary.target.superseded") <= 10, "superseded " + counter("distributary.target.superseded"));
    }

    /** Every tenth change of an item is a removal. */
    private static ChangeEvent event(String id, int version) {
        return version % 10 == 5 ? Changes.remove(id, version + 1) : Changes.put(id, version + 1, "v" + version);
    }

    @Test
    void aBatchIsWrittenRecordByRecordAndInOrder(Stack stack) {
        List<ChangeEvent> batch = IntStream.range(0, 100).mapToObj(i -> Changes.put("item" + i % 3, i, "v" + i)).toList();

        template.sendBody("aws2-ddb:" + table + "?changeOperation=REPLICATE", batch);

        assertEquals(List.of("v99", "v97", "v98"), IntStream.range(0, 3).mapToObj(i -> item(stack, "item" + i).get("value").s()).toList());
    }

    @Test
    void aReplayIsASuccessThatIsCounted(Stack stack) {
        send("REPLICATE", Changes.put("a", 7, "new"));
        send("REPLICATE", Changes.put("a", 7, "new"));
        send("REPLICATE", Changes.put("a", 6, "old"));
        send("REPLICATE", Changes.remove("a", 5));

        assertEquals("new", item(stack, "a").get("value").s());
        assertEquals(3, counter("distributary.target.superseded"));
    }

    @Test
    void whatLiesInTheItemFailsAtOnceAndForGood() {
        server.next("PutItem", REFUSED);

        DeliveryException failure = fails("REPLICATE", Changes.put("a", 7, "x"));

        assertTrue(failure.isPermanent());
        assertEquals("a-7", failure.id());
        assertEquals("aws2-ddb:" + table, failure.target());
        assertEquals("as told (ValidationException)", failure.reason());
        assertEquals(1, server.requests("PutItem"));
    }

    @Test
    void whatAPersonCanRepairFailsAfterTheRetryTimeoutAndMayBeTriedAgain() {
        server.next("PutItem", DENIED, DENIED, DENIED);

        DeliveryException failure = fails("REPLICATE&retryTimeout=0", Changes.put("a", 7, "x"));

        assertFalse(failure.isPermanent());
        assertEquals("as told (AccessDeniedException)", failure.reason());
    }

    @Test
    void anOutboxItemIsMarkedOnce(Stack stack) {
        stack.dynamoDb().putItem(put -> put.tableName(table).item(Changes.item("a", Map.of("value", AttributeValue.fromS("x")))));

        send("MARK", Changes.put("a", 7, "x"));
        String marked = item(stack, "a").get("dispatched_at").s();
        send("MARK", Changes.put("a", 8, "x"));
        send("MARK", Changes.put("gone", 7, "x"));
        send("MARK", Changes.remove("a", 9));

        assertNotNull(Instant.parse(marked));
        assertEquals(marked, item(stack, "a").get("dispatched_at").s());
        assertTrue(item(stack, "gone").isEmpty());
    }

    @Test
    void aBodyWithoutAChangeIsRefused() {
        DeliveryException failure = fails("MARK", "text");

        assertTrue(failure.isPermanent());
        assertTrue(failure.reason().startsWith("changeOperation=MARK needs a change as the body"), failure.reason());
    }

    @Test
    void aTableThatIsNotThereIsToldAtTheStart(Stack stack) {
        String absent = Stack.uniqueName("absent");

        Throwable failure = assertThrows(Exception.class, () -> template.sendBody("aws2-ddb:" + absent + "?changeOperation=MARK",
                Changes.put("a", 1, "x")));

        while (failure.getCause() != null && !(failure instanceof TargetUnavailableException)) {
            failure = failure.getCause();
        }
        assertEquals("There is no DynamoDB table " + absent + " at " + server.endpoint()
                + ": create it with the key schema of the source's table, or correct its name", failure.getMessage());
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        for (String option : List.of("maxRequests=51", "tombstoneTtl=-1", "requestTimeout=1", "maxBufferedBytes=0")) {
            Exception refused = assertThrows(Exception.class, () -> context.getEndpoint("aws2-ddb:orders?" + option));
            assertTrue(refused.getMessage().contains(option.substring(0, option.indexOf('=')) + " is "), refused.getMessage());
        }
    }

    @Test
    void stockOperationsAreStock(Stack stack) {
        template.sendBodyAndHeaders("aws2-ddb:" + table + "?enabledInitialDescribeTable=false&operation=PutItem", null,
                Map.of("CamelAwsDdbItem", Changes.item("stock", Map.of("value", AttributeValue.fromS("x")))));

        assertEquals("x", item(stack, "stock").get("value").s());
    }

    @Test
    void aServerThatAnswersNoLongerHoldsUpOnlyUntilItIsBack(Stack stack) throws Exception {
        int port = stack.endpoint(Service.DYNAMODB).getPort();
        try (var proxy = new FaultProxy("127.0.0.1", port)) {
            String endpoint = "aws2-ddb:" + table + "?changeOperation=REPLICATE&requestTimeout=500&overrideEndpoint=true"
                    + "&uriEndpointOverride=http://127.0.0.1:" + proxy.port();
            template.sendBody(endpoint, Changes.put("a", 1, "v1"));
            proxy.silent(true);
            List<CompletableFuture<Exchange>> sent = new ArrayList<>();
            for (int version = 2; version <= 20; version++) {
                ChangeEvent change = Changes.put("a", version, "v" + version);
                sent.add(template.asyncSend(endpoint, exchange -> exchange.getMessage().setBody(change)));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> counter("distributary.target.retries") > 0);
            proxy.silent(false);
            proxy.resetAll();

            for (CompletableFuture<Exchange> each : sent) {
                assertNull(each.get().getException());
            }
            assertEquals("v20", item(stack, "a").get("value").s());
        }
    }

    private void send(String operation, Object body) {
        template.sendBody("aws2-ddb:" + table + "?changeOperation=" + operation, body);
    }

    private DeliveryException fails(String operation, Object body) {
        CamelExecutionException failure = assertThrows(CamelExecutionException.class, () -> send(operation, body));
        return (DeliveryException) failure.getCause();
    }

    private double counter(String name) {
        return meters.find(name).counters().stream().mapToDouble(each -> each.count()).sum();
    }

    private Map<String, AttributeValue> item(Stack stack, String id) {
        return stack.dynamoDb().getItem(get -> get.tableName(table).key(Changes.keys(id)).consistentRead(true)).item();
    }
}
