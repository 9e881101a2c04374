package io.distributary.ddbstream;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.distributary.ddbstream.shard.Heartbeats.Overdue;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** When the source is not live any more; what is overdue in an engine, LocalEngineStallsTest says. */
class ProgressCheckTest extends LocalTableRoutes {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of a test: a call that takes longer is stuck. */
    private static final Duration BOUND = Duration.ofMillis(200);

    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        never.countDown();
    }

    /** Looks at second 100, 110 and so on; {@code x} is a step that is overdue, {@code y} another one, {@code -} none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -       | false | nothing is overdue
            x       | false | the first look after a pause of the process
            x-      | false | it was a pause
            x x     | false | ten seconds on a busy machine
            x x x   | true  | twenty seconds are no pause any more
            x - x   | false | two pauses
            x y x   | false | steps that are taken late are taken
            x x x - | false | it goes on again
            - x x x | true  | stuck later
            """)
    void aStepCountsFromTheSecondLookOn(String looks, boolean stuck, String why) {
        Stalls stalls = Stalls.NONE;
        long now = Duration.ofSeconds(90).toNanos();
        for (char look : looks.replace(" ", "").toCharArray()) {
            now += Duration.ofSeconds(10).toNanos();
            stalls = stalls.look(look == '-' ? List.of() : List.of(new Overdue("step " + look, 0)), now);
        }
        assertEquals(stuck, !stalls.problem(now).isEmpty(), why);
    }

    @Test
    void theProblemNamesTheStepAndHowLongItTakes() {
        List<Overdue> overdue = List.of(new Overdue("reading", 0));
        long later = Duration.ofSeconds(320).toNanos();
        assertEquals("reading has not gone on for 320 s", Stalls.NONE.look(overdue, Duration.ofSeconds(300).toNanos()).look(overdue, later)
                .problem(later));
    }

    @Test
    void aStepThatWasTakenAndIsLateAgainIsAnotherOne() {
        long ten = Duration.ofSeconds(10).toNanos();
        Stalls stalls = Stalls.NONE.look(List.of(new Overdue("reading", 0)), ten).look(List.of(new Overdue("reading", 1)), 4 * ten);
        assertEquals("", stalls.problem(4 * ten));
    }

    @Test
    void aReaderWhoseCallNeverEndsIsSeen() throws Exception {
        tables.createTable(table, true);
        CountDownLatch stuck = new CountDownLatch(1);
        context();
        camel.getRegistry().bind("streams", streams(() -> {
            stuck.countDown();
            never.await();
        }));
        startRoute();
        assertTrue(stuck.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        AtomicLong ahead = new AtomicLong();
        ProgressCheck check = new ProgressCheck("progress", registered().heartbeats(), BOUND, () -> System.nanoTime() + ahead.get());
        await().atMost(PATIENCE).until(() -> !registered().heartbeats().overdue(BOUND).isEmpty());
        assertEquals(HealthCheck.State.UP, check.call().getState(), "the first look");
        ahead.set(Stalls.SECOND_LOOK.toNanos());
        HealthCheck.Result second = check.call();
        assertEquals(HealthCheck.State.DOWN, second.getState());
        assertTrue(second.getMessage().orElseThrow().startsWith("table " + table + ": reading shard "), second.getMessage()::toString);
    }

    @Test
    void aTableThatDoesNotAnswerAndATargetThatHoldsItsRecordAreWaitedFor() throws Exception {
        tables.createTable(table, true);
        CountDownLatch held = new CountDownLatch(1);
        AtomicLong calls = new AtomicLong();
        context();
        camel.getRegistry().bind("streams", streams(() -> {
            if (calls.incrementAndGet() > 20) {
                throw SdkClientException.create("unreachable");
            }
        }));
        camel.getRegistry().bind("target", (Processor) exchange -> {
            held.countDown();
            never.await();
        });
        startRoute();
        tables.put(table, "ORDER#1", 1);
        assertTrue(held.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        await().atMost(PATIENCE).until(() -> calls.get() > 23);
        // A try after a failure may be as far away as its back-off, but no step is late by more than a thread's turn.
        assertEquals(List.of(), registered().heartbeats().overdue(Duration.ofSeconds(5)));
    }

    @Test
    void itIsACheckOfLivenessAndThereWhileTheRouteRuns() throws Exception {
        tables.createTable(table, true);
        context();
        startRoute();
        assertTrue(HealthCheckHelper.invokeLiveness(camel).stream().anyMatch(each -> each.getCheck().getId().equals("progress:orders")));
        assertFalse(HealthCheckHelper.invokeReadiness(camel).stream().anyMatch(each -> each.getCheck().getId().equals("progress:orders")));
        camel.getRouteController().stopRoute("orders");
        assertTrue(HealthCheckRegistry.get(camel).getCheck("progress:orders").isEmpty());
    }

    private ProgressCheck registered() {
        return (ProgressCheck) HealthCheckRegistry.get(camel).getCheck("progress:orders").orElseThrow();
    }

    private void startRoute() throws Exception {
        if (camel.getRegistry().lookupByName("target") == null) {
            camel.getRegistry().bind("target", (Processor) exchange -> { });
        }
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("aws2-ddbstream:" + table + "?delay=20&amazonDynamoDbStreamsClient=#streams&checkpointDirectory=" + checkpoints)
                        .routeId("orders").to("bean:target");
            }
        });
        startUnwrapped();
    }

    /** Does something before each GetRecords. */
    @FunctionalInterface
    private interface Before {
        void call() throws Exception;
    }

    private DynamoDbStreamsClient streams(Before before) {
        DynamoDbStreamsClient local = tables.local.dynamoDbStreamsClient();
        return (DynamoDbStreamsClient) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {DynamoDbStreamsClient.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getRecords")) {
                        before.call();
                    }
                    try {
                        return method.invoke(local, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
