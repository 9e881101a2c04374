package io.distributary.ddbstream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import io.distributary.LogLines;
import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.sandbox.Sandbox;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Real routes with their checkpoints in each of the stores, against the local servers. */
@WithSandbox({Service.DYNAMODB, Service.NATS})
class CheckpointStoreRouteIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final String table = Stack.uniqueName("orders");
    private final Deliveries deliveries = new Deliveries();
    private final List<CamelContext> contexts = new ArrayList<>();

    @AfterEach
    void stopAll() {
        contexts.forEach(CamelContext::stop);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "dynamodb", "nats-kv"})
    void aRestartGoesOnWhereItStoppedAndRepeatsNothing(String store, Stack stack) throws Exception {
        stack.createTable(table, StreamViewType.NEW_AND_OLD_IMAGES);
        CamelContext first = start(store, stack, stack.endpoint(Service.NATS).toString());
        put(stack, 1, 20);
        await().atMost(LIMIT).until(() -> deliveries.different() == 60);
        first.stop();
        put(stack, 21, 40);
        start(store, stack, stack.endpoint(Service.NATS).toString());
        await().atMost(LIMIT).until(() -> deliveries.different() == 120);
        deliveries.assertAllInOrder(3, 40);
        assertEquals(120, deliveries.total(), "an orderly stop leaves nothing to repeat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "dynamodb", "nats-kv"})
    void aSecondRouteIsRefusedWithTheHoldersName(String store, Stack stack) throws Exception {
        stack.createTable(table, StreamViewType.NEW_AND_OLD_IMAGES);
        start(store, stack, stack.endpoint(Service.NATS).toString());
        Exception problem = assertThrows(Exception.class, () -> start(store, stack, stack.endpoint(Service.NATS).toString()));
        Throwable cause = problem;
        while (!(cause instanceof CheckpointException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        assertTrue(cause.getMessage().contains("for table '" + table + "' are in use by "), problem.toString());
        put(stack, 1, 5);
        await().atMost(LIMIT).until(() -> deliveries.different() == 15);
        assertEquals(15, deliveries.total(), "the first one is alone");
    }

    @Test
    void aNatsServerThatStopsInTheMiddleStopsTheAdvanceNotTheRoute(Stack stack) throws Exception {
        stack.createTable(table, StreamViewType.NEW_AND_OLD_IMAGES);
        try (Sandbox own = Sandbox.in(folder); LogLines log = LogLines.of("io.distributary.ddbstream.shard")) {
            String url = own.endpoint(Service.NATS).toString();
            CamelContext first = start("nats-kv", stack, url);
            put(stack, 1, 5);
            await().atMost(LIMIT).until(() -> deliveries.different() == 15);
            HealthCheck health = ((HealthCheckAware) first.getRoute("orders").getConsumer()).getHealthCheck();
            await().atMost(LIMIT).until(() -> health.call().getState() == HealthCheck.State.UP);
            own.natsServer().stop();
            put(stack, 6, 10);
            await().atMost(LIMIT).until(() -> deliveries.different() == 30);
            await().atMost(LIMIT).until(() -> health.call().getState() == HealthCheck.State.DOWN);
            assertTrue(health.call().getMessage().orElseThrow().contains("saving checkpoints: The NATS bucket"), health.call().toString());
            own.natsServer().start();
            await().atMost(LIMIT).until(() -> health.call().getState() == HealthCheck.State.UP);
            assertEquals(1, log.lines().stream().filter(line -> line.contains("saving checkpoints fails")).count(), log.lines()::toString);
            first.stop();
            put(stack, 11, 15);
            start("nats-kv", stack, url);
            await().atMost(LIMIT).until(() -> deliveries.different() == 45);
            deliveries.assertAllInOrder(3, 15);
            assertEquals(45, deliveries.total(), "what was acknowledged during the outage was stored after it");
            stopAll();
        }
    }

    @Test
    void aNatsServerThatIsNotThereYetIsWaitedFor(Stack stack) throws Exception {
        stack.createTable(table, StreamViewType.NEW_AND_OLD_IMAGES);
        try (Sandbox own = Sandbox.in(folder)) {
            String url = own.endpoint(Service.NATS).toString();
            own.natsServer().stop();
            CamelContext camel = start("nats-kv", stack, url);
            HealthCheck health = ((HealthCheckAware) camel.getRoute("orders").getConsumer()).getHealthCheck();
            assertEquals(HealthCheck.State.DOWN, health.call().getState());
            own.natsServer().start();
            await().atMost(LIMIT).until(() -> health.call().getState() == HealthCheck.State.UP);
            put(stack, 1, 5);
            await().atMost(LIMIT).until(() -> deliveries.different() == 15);
            stopAll();
        }
    }

    @Test
    void aRouteWhoseCheckpointsAreTakenOverReadsNoFurtherAndSaysWhoHasThem(Stack stack) throws Exception {
        stack.createTable(table, StreamViewType.NEW_AND_OLD_IMAGES);
        CamelContext camel = start("dynamodb", stack, stack.endpoint(Service.NATS).toString());
        put(stack, 1, 1);
        await().atMost(LIMIT).until(() -> deliveries.different() == 3);
        stack.dynamoDb().putItem(request -> request.tableName("checkpoints-" + table).item(Map.of(
                "applicationName", AttributeValue.fromS("orders"), "checkpointKey", AttributeValue.fromS(table + "#lease"),
                "leaseOwner", AttributeValue.fromS("host-2 process 7"), "leaseVersion", AttributeValue.fromS("another"))));
        HealthCheck health = ((HealthCheckAware) camel.getRoute("orders").getConsumer()).getHealthCheck();
        await().atMost(LIMIT).until(() -> health.call().getMessage().orElse("").contains("taken over by host-2 process 7"));
        put(stack, 2, 2);
        await().during(Duration.ofSeconds(1)).until(() -> deliveries.total() == 3);
    }

    private void put(Stack stack, int from, int to) {
        for (int n = from; n <= to; n++) {
            for (String item : List.of("ORDER#1", "ORDER#2", "ORDER#3")) {
                String number = Integer.toString(n);
                stack.dynamoDb().putItem(request -> request.tableName(table).item(Map.of("pk", AttributeValue.fromS(item),
                        "sk", AttributeValue.fromS("METADATA"), "n", AttributeValue.fromN(number))));
            }
        }
    }

    private CamelContext start(String store, Stack stack, String nats) throws Exception {
        CamelContext camel = new DefaultCamelContext();
        contexts.add(camel);
        Properties settings = new Properties();
        settings.putAll(stack.settings(Service.DYNAMODB));
        settings.put("nats.url", nats);
        camel.getPropertiesComponent().setInitialProperties(settings);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("aws2-ddbstream:" + table + "?delay=20&checkpointInterval=200&checkpointStore=" + store
                        + "&checkpointDirectory=" + folder.resolve("checkpoints") + "&checkpointTable=checkpoints-" + table
                        + "&checkpointBucket=checkpoints-" + table).routeId("orders").process(deliveries);
            }
        });
        camel.start();
        return camel;
    }
}
