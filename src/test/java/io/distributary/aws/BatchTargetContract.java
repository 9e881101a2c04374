package io.distributary.aws;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.distributary.coalesce.DeliveryException;
import io.distributary.event.ChangeEvent;
import io.distributary.routes.Changes;
import io.distributary.sandbox.scripted.Fault;
import io.distributary.sandbox.scripted.ScriptedEndpoint;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Results, retries, order and limits, against an endpoint that fails as told. */
public abstract class BatchTargetContract {
    private final DefaultCamelContext context = new DefaultCamelContext();
    protected final ScriptedEndpoint server;
    private final String scheme;
    private final Fault.Refuse missing;

    /** @param missing how the server says that there is no such queue or topic */
    protected BatchTargetContract(String scheme, ScriptedEndpoint server, Fault.Refuse missing) {
        this.scheme = scheme;
        this.server = server;
        this.missing = missing;
    }

    @BeforeEach
    void settings() {
        Map.of("aws.endpoint", server.url(), "aws.region", "us-east-1")
                .forEach(context.getPropertiesComponent()::addInitialProperty);
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        server.close();
    }

    /** The headers by which the stock producer tells a message's id. */
    protected abstract void assertResult(Exchange exchange);

    protected Sending sending(String queueAndOptions) throws Exception {
        return new Sending(context, scheme + ":" + queueAndOptions + (queueAndOptions.contains("?") ? "&" : "?")
                + "accessKey=x&secretKey=x");
    }

    @Test
    void exchangesInFlightAtTheSameTimeShareRequestsAndAllSucceed() throws Exception {
        server.latency(Duration.ofMillis(100));
        Sending sending = sending("orders?maxRequests=4");
        for (int i = 0; i < 200; i++) {
            sending.send("m" + i, Map.of());
        }
        for (Exchange exchange : sending.all()) {
            assertNull(exchange.getException());
            assertResult(exchange);
        }
        assertEquals(200, server.stored().size());
        assertTrue(server.batches().size() <= 22, "requests: " + server.batches().size());
        assertTrue(server.batches().stream().allMatch(batch -> batch.size() <= 10));
    }

    @Test
    void anEntryThatIsTheSendersFaultFailsAloneAndAtOnce() throws Exception {
        gatherTen(new Fault.FailEntries(entry -> entry.body().equals("m4"), "InvalidMessageContents", true));
        List<Exchange> ended = ten();
        for (int i = 0; i <= 10; i++) {
            Exception failure = ended.get(i).getException();
            if (i == 4) {
                DeliveryException refused = assertInstanceOf(DeliveryException.class, failure);
                assertTrue(refused.isPermanent());
                assertEquals(scheme + ":orders", refused.target());
                assertEquals(ended.get(i).getExchangeId(), refused.id());
                assertEquals("as the script says (InvalidMessageContents)", refused.reason());
            } else {
                assertNull(failure);
            }
        }
        assertEquals(2, server.batches().size(), "not sent again");
    }

    @Test
    void anEntryThatIsTheServersFaultIsSentAgainAlone() throws Exception {
        gatherTen(new Fault.FailEntries(entry -> entry.body().equals("m4"), "InternalError", false));
        ten().forEach(exchange -> assertNull(exchange.getException()));
        assertEquals(List.of(1, 10, 1), server.batches().stream().map(List::size).toList());
        assertEquals(11, server.stored().size(), "the others are not sent twice");
    }

    @Test
    void throttledTwiceThenAccepted() throws Exception {
        server.next(new Fault.Refuse(400, "RequestThrottled", "slow down"), new Fault.Refuse(503, "ServiceUnavailable", "later"));
        Exchange exchange = sending("orders").sendAndWait("m", Map.of());
        assertNull(exchange.getException());
        assertEquals(3, server.batches().size());
        assertEquals(1, server.stored().size());
    }

    @Test
    void aLostAnswerIsRepeatedWithTheSameIdsAndALostRequestToo() throws Exception {
        server.next(new Fault.LoseAnswer(), new Fault.LoseRequest());
        Exchange exchange = sending("orders.fifo").sendAndWait(Changes.of("MODIFY", "ORDER#1"), Map.of());
        assertNull(exchange.getException());
        assertEquals(2, server.stored().size());
        assertEquals(server.stored().get(0), server.stored().get(1));
        assertTrue(server.stored().get(0).deduplicationId().startsWith("event-"));
    }

    @Test
    void aRequestRefusedForOneEntrysSakeFailsOnlyThatEntry() throws Exception {
        server.always(batch -> batch.stream().anyMatch(entry -> entry.body().equals("m4"))
                ? new Fault.Refuse(400, "InvalidParameterValue", "no such character") : null);
        gatherTen(null);
        List<Exchange> ended = ten();
        for (int i = 0; i <= 10; i++) {
            assertEquals(i == 4, ended.get(i).getException() != null, "m" + i);
        }
        assertEquals(10, server.stored().size());
    }

    @Test
    void aQueueOrARightThatIsMissingIsWaitedForButNotForEver() throws Exception {
        server.next(missing, new Fault.Refuse(403, "AccessDenied", "no"));
        assertNull(sending("orders").sendAndWait("m", Map.of()).getException());

        Sending sending = sending("orders?retryTimeout=500");
        int before = server.batches().size();
        server.always(batch -> missing);
        DeliveryException failure = assertInstanceOf(DeliveryException.class, sending.sendAndWait("m", Map.of()).getException());
        assertFalse(failure.isPermanent());
        assertTrue(failure.getMessage().contains(missing.message() + " (" + missing.code() + ")"), failure::getMessage);
        int attempts = server.batches().size() - before;
        assertTrue(attempts >= 1 && attempts <= 8, "no tight loop: " + attempts);
    }

    @Test
    void oneByteTooManyIsRefusedBeforeItIsSentAndTheLimitItselfIsNot() throws Exception {
        Sending sending = sending("orders?maxBatchBytes=2048&messageAttributeHeaders=kind");
        int attribute = "kind".length() + "String".length() + "é".getBytes(StandardCharsets.UTF_8).length;
        assertNull(sending.sendAndWait("x".repeat(2048 - attribute), Map.of("kind", "é")).getException());
        DeliveryException failure = assertInstanceOf(DeliveryException.class,
                sending.sendAndWait("x".repeat(2048 - attribute + 1), Map.of("kind", "é")).getException());
        assertTrue(failure.isPermanent());
        assertTrue(failure.getMessage().contains("2049 bytes") && failure.getMessage().contains("limit is 2048"), failure::getMessage);
        assertEquals(1, server.batches().size());
    }

    @Test
    void whatIsTooLargeCanGoWithoutItsOldImage() throws Exception {
        ChangeEvent event = Changes.of("MODIFY", "ORDER#1", AttributeValue.fromS("x".repeat(1_500)));
        assertNull(sending("orders?maxBatchBytes=2600&oversize=DROP_OLD_IMAGE").sendAndWait(event, Map.of()).getException());
        String body = server.stored().get(0).body();
        assertTrue(body.contains("\"new_image\"") && !body.contains("\"old_image\":{"), body);
        assertInstanceOf(DeliveryException.class, sending("orders?maxBatchBytes=2600").sendAndWait(event, Map.of()).getException());
    }

    @Test
    void aRequestHoldsNoMoreThanItsBytes() throws Exception {
        server.latency(Duration.ofMillis(50));
        Sending sending = sending("orders?maxBatchBytes=2048&maxRequests=1");
        for (int i = 0; i < 30; i++) {
            sending.send("x".repeat(600), Map.of());
        }
        sending.all().forEach(exchange -> assertNull(exchange.getException()));
        assertTrue(server.batches().stream().allMatch(batch -> batch.size() <= 3));
    }

    @Test
    void changesOfAnItemStayInOrderWhateverFails() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        server.always(batch -> switch (random.nextInt(8)) {
            case 0 -> new Fault.Refuse(503, "ServiceUnavailable", "later");
            case 1 -> new Fault.LoseRequest();
            case 2 -> new Fault.FailEntries(entry -> entry.body().hashCode() % 3 == 0, "InternalError", false);
            default -> null;
        });
        Sending sending = sending("orders?messageAttributeHeaders=item,number&retryTimeout=60000");
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            String item = "ORDER#" + random.nextInt(100);
            sending.send(Changes.of("MODIFY", item), Map.of("item", item, "number", numbers.merge(item, 1, Integer::sum)));
        }
        sending.all().forEach(exchange -> assertNull(exchange.getException(), "seed " + seed));
        Map<String, List<String>> received = server.stored().stream().collect(Collectors.groupingBy(
                entry -> entry.attributes().get("item"), TreeMap::new,
                Collectors.mapping(entry -> entry.attributes().get("number"), Collectors.toList())));
        numbers.forEach((item, last) -> assertEquals(IntStream.rangeClosed(1, last).mapToObj(n -> "Number:" + n).toList(),
                received.get("String:" + item), item + ", seed " + seed));
    }

    @Test
    void aFullBufferHoldsTheSenderUpUntilTheServerAnswers() throws Exception {
        server.latency(Duration.ofSeconds(2));
        Sending sending = sending("orders?maxRequests=2&maxBatchBytes=1024&maxBufferedBytes=10240");
        Thread source = new Thread(() -> IntStream.range(0, 40).forEach(i -> sending.send("x".repeat(1024), Map.of())));
        source.start();
        await().until(() -> source.getState() == Thread.State.WAITING);
        assertTrue(server.batches().size() <= 2, "requests in flight: " + server.batches().size());
        server.latency(Duration.ZERO);
        source.join(60_000);
        List<Exchange> ended = sending.all();
        assertEquals(40, ended.size());
        ended.forEach(exchange -> assertNull(exchange.getException()));
    }

    /** The first message goes alone; this is what becomes of the next request, of ten. */
    private void gatherTen(Fault fault) {
        server.latency(Duration.ofMillis(200));
        if (fault != null) {
            server.next(new Fault.FailEntries(entry -> false, "none", false), fault);
        }
    }

    /** m10 goes alone, then m0 to m9 together; they are in this order: m0 to m9, m10. */
    private List<Exchange> ten() throws Exception {
        Sending sending = sending("orders?linger=1000&maxRequests=2");
        var last = sending.send("m10", Map.of());
        await().until(() -> server.batches().size() == 1); // or the other request, which is full at once, might come first
        List<CompletableFuture<Exchange>> others = IntStream.range(0, 10).mapToObj(i -> sending.send("m" + i, Map.of())).toList();
        List<Exchange> ended = new ArrayList<>();
        for (var each : others) {
            ended.add(each.get(60, TimeUnit.SECONDS));
        }
        ended.add(last.get(60, TimeUnit.SECONDS));
        return ended;
    }
}
