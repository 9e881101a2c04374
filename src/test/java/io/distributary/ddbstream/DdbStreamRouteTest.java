package io.distributary.ddbstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventHeaders;
import io.distributary.sandbox.demo.StreamOracle;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamConstants;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.Record;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What real routes from the stock scheme get from DynamoDB Local. */
class DdbStreamRouteTest extends LocalTableRoutes {
    @Test
    void everyChangeArrivesInItemOrderAcrossShardRollovers() throws Exception {
        tables.createTable(table, true);
        start(javaRoute("", deliveries));
        for (int n = 1; n <= 40; n++) {
            for (int item = 0; item < 25; item++) {
                tables.put(table, "ORDER#" + item, n);
            }
            if (n % 8 == 0) {
                tables.rollOver();
            }
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> deliveries.different() == 1000);
        deliveries.assertAllInOrder(25, 40);
        assertEquals(1000, deliveries.total(), "no repeats without a restart");
    }

    @Test
    void concurrentWritersUnderShardRolloversLoseNothing() throws Exception {
        tables.createTable(table, true);
        start(javaRoute("", deliveries));
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> writing = IntStream.range(0, 4).<Future<?>>mapToObj(writer -> writers.submit(() -> {
                for (int n = 1; n <= 60; n++) {
                    for (int item = 0; item < 5; item++) {
                        tables.put(table, "WRITER#" + writer + "#" + item, n);
                    }
                }
            })).toList();
            while (!writing.stream().allMatch(Future::isDone)) {
                int before = deliveries.total();
                tables.rollOver();
                await().until(() -> deliveries.total() >= before + 50 || writing.stream().allMatch(Future::isDone));
            }
            for (Future<?> each : writing) {
                each.get();
            }
        } finally {
            writers.shutdownNow();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> deliveries.different() == 1200);
        deliveries.assertAllInOrder(20, 60);
        assertEquals(1200, deliveries.total(), "no repeats without a restart");
    }

    /** What is written while the stream is off is in no stream: what the streams hold afterwards is what must have arrived. */
    @Test
    void aStreamSwitchedOffAndOnUnderConcurrentWritersLosesNothingThatAStreamHolds() throws Exception {
        tables.createTable(table, true);
        start(javaRoute("&shardRefreshInterval=100&streamIteratorType=FROM_START", deliveries));
        List<String> streams = new ArrayList<>();
        AtomicBoolean writing = new AtomicBoolean(true);
        ExecutorService writers = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> done = IntStream.range(0, 3).<Future<?>>mapToObj(writer -> writers.submit(() -> {
                for (int n = 1; writing.get(); n++) {
                    tables.put(table, "WRITER#" + writer, n);
                }
            })).toList();
            for (int i = 0; i < 3; i++) {
                int before = deliveries.total();
                await().atMost(Duration.ofSeconds(60)).until(() -> deliveries.total() > before + 30);
                streams.add(tables.client.describeTable(request -> request.tableName(table)).table().latestStreamArn());
                if (i < 2) {
                    tables.switchStream(table, false);
                    tables.switchStream(table, true);
                }
            }
            writing.set(false);
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            writers.shutdownNow();
        }
        Map<String, List<Integer>> held = new TreeMap<>();
        for (String arn : streams) {
            StreamOracle.readByShard(tables.local.dynamoDbStreamsClient(), arn).values().forEach(shard -> shard.forEach(record -> held
                    .computeIfAbsent(record.dynamodb().keys().get("pk").s(), item -> new ArrayList<>())
                    .add(Integer.parseInt(record.dynamodb().newImage().get("n").n()))));
        }
        int records = held.values().stream().mapToInt(List::size).sum();
        await().atMost(Duration.ofSeconds(60)).until(() -> deliveries.total() >= records);
        assertEquals(held, deliveries.byItem(), "every record once, each item's in order");
    }

    @Test
    void whatWasWrittenWhileTheApplicationWasDownArrivesAfterTheRestart() throws Exception {
        tables.createTable(table, true);
        start(yamlRoute());
        for (int n = 1; n <= 20; n++) {
            tables.put(table, "ORDER#1", n);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.different() == 20);
        camel.stop();
        for (int n = 21; n <= 40; n++) {
            tables.put(table, "ORDER#1", n);
            if (n == 30) {
                tables.rollOver();
            }
        }
        start(yamlRoute());
        await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.different() == 40);
        deliveries.assertAllInOrder(1, 40);
        assertEquals(40, deliveries.total(), "an orderly stop leaves nothing to repeat");
    }

    @Test
    void aRouteStoppedAndStartedUnderWritesLosesNothing() throws Exception {
        tables.createTable(table, true);
        start(javaRoute("", deliveries));
        for (int n = 1; n <= 60; n++) {
            tables.put(table, "ORDER#1", n);
            tables.put(table, "ORDER#2", n);
            if (n % 20 == 0) {
                camel.getRouteController().stopRoute("orders");
                tables.put(table, "ORDER#3", n / 20);
                camel.getRouteController().startRoute("orders");
            }
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> deliveries.different() == 123);
    }

    @Test
    void aSuspendedRouteDeliversNothingUntilItIsResumed() throws Exception {
        tables.createTable(table, true);
        start(javaRoute("", deliveries));
        tables.put(table, "ORDER#1", 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.different() == 1);
        camel.getRouteController().suspendRoute("orders");
        tables.put(table, "ORDER#1", 2);
        await().during(Duration.ofMillis(600)).until(() -> deliveries.total() == 1);
        camel.getRouteController().resumeRoute("orders");
        await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.different() == 2);
    }

    @Test
    void aFailingRecordIsRetriedUntilItIsDeliveredAndNothingIsLost() throws Exception {
        tables.createTable(table, true);
        AtomicInteger failures = new AtomicInteger();
        start(javaRoute("", exchange -> {
            if (failures.getAndIncrement() % 3 == 0) {
                throw new IllegalStateException("refused by the target");
            }
            deliveries.process(exchange);
        }));
        for (int n = 1; n <= 10; n++) {
            tables.put(table, "ORDER#1", n);
            tables.put(table, "ORDER#2", n);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> deliveries.different() == 20);
        deliveries.assertAllInOrder(2, 10);
    }

    @Test
    void targetsThatBlockOverlap() throws Exception {
        tables.createTable(table, true);
        CountDownLatch allBlocked = new CountDownLatch(32);
        start(javaRoute("", exchange -> {
            allBlocked.countDown();
            assertTrue(allBlocked.await(30, TimeUnit.SECONDS));
        }));
        for (int item = 0; item < 32; item++) {
            tables.put(table, "ORDER#" + item, 1);
        }
        assertTrue(allBlocked.await(30, TimeUnit.SECONDS), "not at the same time: " + allBlocked.getCount());
    }

    @Test
    void healthSaysWhatIsWrongWithWhichTable() throws Exception {
        tables.createTable(table, true);
        AtomicBoolean refusing = new AtomicBoolean(true);
        start(javaRoute("", exchange -> {
            if (refusing.get()) {
                throw new IllegalStateException("refused by the target");
            }
            deliveries.process(exchange);
        }));
        HealthCheck check = ((HealthCheckAware) camel.getRoute("orders").getConsumer()).getHealthCheck();
        assertEquals(HealthCheck.State.UP, check.call().getState());
        tables.put(table, "ORDER#1", 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> check.call().getState() == HealthCheck.State.DOWN);
        assertTrue(check.call().getMessage().orElseThrow().startsWith("Table " + table + ": 1 records are not delivered"));
        refusing.set(false);
        await().atMost(Duration.ofSeconds(30)).until(() -> check.call().getState() == HealthCheck.State.UP);
        assertEquals(table, check.call().getDetails().get("table"));
    }

    @Test
    void theExchangeCarriesTheEventItsHeadersAndTheStockRecord() throws Exception {
        tables.createTable(table, true);
        AtomicReference<Exchange> seen = new AtomicReference<>();
        AtomicReference<Record> record = new AtomicReference<>();
        start(javaRoute("", exchange -> {
            record.set(exchange.getMessage().getBody(Record.class));
            seen.set(exchange);
        }));
        tables.put(table, "ORDER#1", 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> seen.get() != null);
        Exchange exchange = seen.get();
        ChangeEvent event = exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class);
        assertSame(event, exchange.getMessage().getBody());
        assertSame(event.record(), record.get());
        assertEquals("ORDER#1|METADATA", exchange.getMessage().getHeader(ChangeEventHeaders.ITEM_KEY));
        assertEquals(event.eventId(), exchange.getMessage().getHeader(Ddb2StreamConstants.EVENT_ID));
    }

    @Test
    void withAStreamsClientAloneTheEnabledOneOfSeveralStreamsIsRead() throws Exception {
        tables.createTable(table, true);
        tables.put(table, "ORDER#1", 1);
        tables.switchStream(table, false);
        tables.switchStream(table, true);
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("streams", tables.local.dynamoDbStreamsClient());
        camel.addRoutes(javaRoute("&streamIteratorType=FROM_START", deliveries));
        camel.start();
        tables.put(table, "ORDER#2", 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.different() == 1);
        assertEquals(1, deliveries.total());
    }

    @Test
    void aStreamSwitchedOffAndOnAgainIsReadToItsEndAndThenTheNextOne() throws Exception {
        tables.createTable(table, true);
        start(javaRoute("&shardRefreshInterval=100", deliveries));
        for (int n = 1; n <= 20; n++) {
            tables.put(table, "ORDER#1", n);
        }
        tables.switchStream(table, false);
        tables.switchStream(table, true);
        for (int n = 21; n <= 40; n++) {
            tables.put(table, "ORDER#1", n);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> deliveries.different() == 40);
        deliveries.assertAllInOrder(1, 40);
        assertEquals(40, deliveries.total(), "no repeats without a restart");
    }

    @Test
    void aStreamSwitchedOffAndOnAgainWhileTheApplicationWasDownIsReadToItsEndFirst() throws Exception {
        tables.createTable(table, true);
        start(javaRoute("", deliveries));
        tables.put(table, "ORDER#1", 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.different() == 1);
        camel.stop();
        tables.put(table, "ORDER#1", 2);
        tables.switchStream(table, false);
        tables.switchStream(table, true);
        tables.put(table, "ORDER#1", 3);
        start(javaRoute("", deliveries));
        await().atMost(Duration.ofSeconds(60)).until(() -> deliveries.different() == 3);
        deliveries.assertAllInOrder(1, 3);
    }
}
