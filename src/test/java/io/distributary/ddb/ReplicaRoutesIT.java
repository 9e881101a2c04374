package io.distributary.ddb;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.distributary.event.ChangeEvent;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** The kamelets in routes that read real streams. */
@WithSandbox(Service.DYNAMODB)
final class ReplicaRoutesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final String east = Stack.uniqueName("east");
    private final String west = Stack.uniqueName("west");

    @TempDir
    private Path checkpoints;

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void twoTablesBecomeAlikeAndNothingGoesInCircles(Stack stack) throws Exception {
        stack.createTable(east, StreamViewType.NEW_AND_OLD_IMAGES);
        stack.createTable(west, StreamViewType.NEW_AND_OLD_IMAGES);
        start(stack, routes(replicate(east, west), replicate(west, east)));

        for (int i = 0; i < 30; i++) {
            put(stack, east, "e" + i, "1");
            put(stack, west, "w" + i, "1");
            put(stack, east, "e" + i, "2");
        }
        await().atMost(LIMIT).until(() -> contents(stack, east).size() == 60 && contents(stack, west).equals(contents(stack, east)));
        // an application of the other side changes, replaces and deletes what came from here
        for (int i = 0; i < 10; i++) {
            update(stack, west, "e" + i, "west");
            put(stack, east, "w" + i, "east");
            delete(stack, west, "e" + (10 + i));
            delete(stack, east, "w" + (10 + i));
            delete(stack, east, "e" + (20 + i));
            put(stack, east, "e" + (20 + i), "again");
        }
        await().atMost(LIMIT).until(() -> contents(stack, east).size() == 40 && contents(stack, west).equals(contents(stack, east))
                && contents(stack, east).values().stream().filter("west"::equals).count() == 10
                && contents(stack, west).values().stream().filter("east"::equals).count() == 10
                && contents(stack, west).values().stream().filter("again"::equals).count() == 10);

        // what is in flight is over when later changes of either side are: then each change makes one write, and none comes back
        put(stack, east, "end", "east");
        await().atMost(LIMIT).until(() -> "east".equals(contents(stack, west).get("end")));
        delete(stack, west, "end");
        await().atMost(LIMIT).until(() -> !contents(stack, east).containsKey("end"));
        assertEquals(30 * 3 + 10 * 6 + 2, requests());
    }

    @Test
    void anOutboxItemIsDispatchedOnceAndItsMarkIsNot(Stack stack) throws Exception {
        stack.createTable(east, StreamViewType.NEW_AND_OLD_IMAGES);
        Set<String> dispatched = new HashSet<>();
        AtomicInteger messages = new AtomicInteger();
        start(stack, new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(stream(east)).routeId("outbox")
                        .filter().method("distributary-own-writes", "isNotMark")
                        .process(exchange -> {
                            messages.incrementAndGet();
                            dispatched.add(exchange.getMessage().getBody(ChangeEvent.class).itemKey());
                        })
                        .to("kamelet:distributary-outbox-mark-sink?table=" + east);
            }
        });

        IntStream.range(0, 20).forEach(i -> put(stack, east, "order" + i, "1"));
        await().atMost(LIMIT).until(() -> items(stack, east).stream().filter(item -> item.containsKey("dispatched_at")).count() == 20);
        put(stack, east, "end", "1");
        await().atMost(LIMIT).until(() -> items(stack, east).stream().filter(item -> item.containsKey("dispatched_at")).count() == 21);

        assertEquals(21, messages.get());
        assertFalse(dispatched.isEmpty());
    }

    private void start(Stack stack, RouteBuilder routes) throws Exception {
        Properties settings = new Properties();
        settings.putAll(stack.settings(Service.DYNAMODB));
        context.getPropertiesComponent().setInitialProperties(settings);
        context.getRegistry().bind("meters", meters);
        KameletComponent kamelets = new KameletComponent();
        kamelets.setLocation("file:kamelets");
        kamelets.setNoErrorHandler(true);
        context.addComponent("kamelet", kamelets);
        context.addRoutes(routes);
        context.start();
    }

    private static RouteBuilder routes(RouteBuilder... all) {
        return new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                for (RouteBuilder each : all) {
                    getContext().addRoutes(each);
                }
            }
        };
    }

    private RouteBuilder replicate(String from, String to) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(stream(from)).routeId(from)
                        .filter().method("distributary-own-writes", "isNotReplica")
                        .process(ReplicaRoutesIT::version)
                        .to("kamelet:distributary-dynamodb-sink?table=" + to);
            }
        };
    }

    private String stream(String table) {
        return "aws2-ddbstream:" + table + "?delay=20&streamIteratorType=FROM_START&checkpointDirectory=" + checkpoints;
    }

    /** DynamoDB Local's sequence numbers are small and grow over all tables. */
    private static void version(Exchange exchange) {
        ChangeEvent event = exchange.getMessage().getBody(ChangeEvent.class);
        if (event.version() == null) {
            exchange.getMessage().setBody(event.withVersion(Long.parseLong(event.sequenceNumber())));
        }
    }

    private long requests() {
        return meters.find("distributary.target.request.entries").summaries().stream().mapToLong(each -> each.count()).sum();
    }

    private static void put(Stack stack, String table, String id, String value) {
        stack.dynamoDb().putItem(put -> put.tableName(table).item(Changes.item(id, Map.of("value", AttributeValue.fromS(value)))));
    }

    private static void update(Stack stack, String table, String id, String value) {
        stack.dynamoDb().updateItem(update -> update.tableName(table).key(Changes.keys(id)).updateExpression("SET #value = :value")
                .expressionAttributeNames(Map.of("#value", "value"))
                .expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value))));
    }

    private static void delete(Stack stack, String table, String id) {
        stack.dynamoDb().deleteItem(delete -> delete.tableName(table).key(Changes.keys(id)));
    }

    private static List<Map<String, AttributeValue>> items(Stack stack, String table) {
        return stack.dynamoDb().scan(scan -> scan.tableName(table).consistentRead(true)).items();
    }

    private static Map<String, String> contents(Stack stack, String table) {
        Map<String, String> contents = new TreeMap<>();
        for (Map<String, AttributeValue> item : items(stack, table)) {
            if (!item.containsKey(Attributes.DELETED)) {
                contents.put(item.get("pk").s(), item.get("value").s());
            }
        }
        return contents;
    }
}
