package io.distributary.opensearch;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Part;
import io.distributary.event.BatchItemFailuresException;
import io.distributary.event.ChangeEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What becomes of changes by what the server says, or does not say. */
class BulkProducerTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private ScriptedOpenSearch server;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedOpenSearch();
        context.getRegistry().bind("meters", registry);
        context.getPropertiesComponent().addInitialProperty("opensearch.urls", server.url());
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:alone", "direct:batch"})
    void oneOfTenFailsByItselfAndIsTriedNoMore(String way) throws Exception {
        route("");
        server.script(bulk -> bulk.answer(id -> id.equals("k3|x") ? 400 : 200));
        List<Exception> failures = way.equals("direct:batch") ? sendBatch(10) : sendAll(10);
        for (int i = 0; i < 10; i++) {
            if (i == 3) {
                DeliveryException failure = assertInstanceOf(DeliveryException.class, failures.get(i));
                assertTrue(failure.isPermanent());
                assertEquals("opensearch:orders did not accept k3@1: 400 some_exception: why 400", failure.getMessage());
            } else {
                assertNull(failures.get(i));
            }
        }
        assertEquals(10, server.bulks().stream().mapToInt(bulk -> bulk.ids().size()).sum(), "each was sent once");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void oneOfTenIsThrottledTwiceAndThenAccepted(int status) throws Exception {
        route("");
        AtomicInteger tries = new AtomicInteger();
        server.script(bulk -> bulk.answer(id -> id.equals("k3|x") && tries.incrementAndGet() <= 2 ? status : 200));
        assertEquals(List.of(), failed(sendAll(10)));
        assertEquals(12, server.bulks().stream().mapToInt(bulk -> bulk.ids().size()).sum(), "only k3 was sent again");
        assertEquals(2, registry.get("distributary.target.retries").counter().count());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504, 401, 403})
    void aWholeRequestThatFailsIsSentAgain(int status) throws Exception {
        route("");
        server.script(bulk -> bulk.number() <= 2 ? new ScriptedOpenSearch.Answer(status, "<html>later</html>") : bulk.answer(id -> 200));
        assertEquals(List.of(), failed(sendAll(10)));
    }

    @Test
    void anAnswerThatIsNoneIsNoSuccess() throws Exception {
        route("&retryTimeout=0");
        server.script(bulk -> new ScriptedOpenSearch.Answer(200, "{\"errors\":false,\"items\":[]}"));
        DeliveryException failure = assertInstanceOf(DeliveryException.class, sendAll(1).get(0));
        assertFalse(failure.isPermanent());
        assertEquals("java.io.IOException: OpenSearch answered 0 items to 1 actions", failure.reason());
    }

    @Test
    void retriesEndAndTheFailureMayPass() throws Exception {
        route("&retryTimeout=300");
        server.script(bulk -> new ScriptedOpenSearch.Answer(503, "{\"error\":{\"type\":\"no_master\",\"reason\":\"gone\"}}"));
        DeliveryException failure = assertInstanceOf(DeliveryException.class, sendAll(1).get(0));
        assertFalse(failure.isPermanent());
        assertEquals("503 no_master: gone", failure.reason());
        assertTrue(server.bulks().size() > 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {413, 400})
    void aRequestThatIsRefusedIsHalvedUntilTheCulpritIsAlone(int status) throws Exception {
        route("");
        server.script(bulk -> bulk.ids().contains("k7|x") || bulk.ids().size() > 4
                ? new ScriptedOpenSearch.Answer(status, "{\"error\":{\"type\":\"too\",\"reason\":\"much\"}}") : bulk.answer(id -> 200));
        List<Exception> failures = sendBatch(20);
        assertEquals(1, failed(failures).size());
        DeliveryException failure = assertInstanceOf(DeliveryException.class, failures.get(7));
        assertTrue(failure.isPermanent());
        assertEquals(status + " too: much" + (status == 413 ? "; it limits a request by http.max_content_length" : ""), failure.reason());
    }

    @Test
    void newerDocumentsAreSuccessAndCounted() throws Exception {
        route("");
        server.script(bulk -> bulk.answer(id -> id.equals("k1|x") ? 409 : 200));
        assertEquals(List.of(), failed(sendAll(3)));
        assertEquals(1, registry.get("distributary.target.superseded").counter().count());
    }

    @Test
    void aDocumentTooLargeByOneByteFailsBeforeItIsSent() throws Exception {
        ChangeEvent event = ItemChanges.put("k", 1, Map.of("text", ItemChanges.s("x".repeat(1000))));
        int bytes = bytes(event);
        route("&maxDocumentBytes=" + bytes);
        assertNull(ItemChanges.send(context, "direct:alone", event).get().getException());
        ChangeEvent larger = ItemChanges.put("k", 1, Map.of("text", ItemChanges.s("x".repeat(1001))));
        DeliveryException failure = assertInstanceOf(DeliveryException.class,
                ItemChanges.send(context, "direct:alone", larger).get().getException());
        assertTrue(failure.isPermanent());
        assertTrue(failure.reason().contains((bytes + 1) + " bytes") && failure.reason().contains("limit is " + bytes), failure::reason);
        assertEquals(1, server.bulks().size());
    }

    @Test
    void bytesEndARequest() throws Exception {
        ChangeEvent event = ItemChanges.put("k0", 1, Map.of());
        route("&maxRequests=1&maxBulkBytes=" + 4 * bytes(event));
        assertEquals(List.of(), failed(sendBatch(9)));
        assertTrue(server.bulks().stream().allMatch(bulk -> bulk.ids().size() <= 4));
        assertTrue(server.bulks().size() <= 4, "nothing lingers when a request is full");
    }

    @Test
    void aSlowServerHoldsTheRouteUpAndNothingPilesUp() throws Exception {
        int bytes = bytes(ItemChanges.put("k0", 1, Map.of()));
        route("&maxRequests=1&maxBulkActions=2&maxBufferedBytes=" + 4 * bytes);
        CountDownLatch open = new CountDownLatch(1);
        server.script(bulk -> {
            open.await();
            return bulk.answer(id -> 200);
        });
        AtomicInteger taken = new AtomicInteger();
        CompletableFuture<?> sender = CompletableFuture.runAsync(() -> IntStream.range(0, 9).forEach(i -> {
            ItemChanges.send(context, "direct:alone", ItemChanges.put("k" + i, 1, Map.of()))
                    .whenComplete((exchange, error) -> taken.incrementAndGet());
        }));
        await().until(() -> server.bulks().size() == 1);
        assertEquals(0, taken.get());
        open.countDown();
        sender.get();
        await().until(() -> taken.get() == 9);
        assertTrue(server.bulks().stream().allMatch(bulk -> bulk.ids().size() <= 2));
    }

    @Test
    void theIndexTemplateComesBeforeTheFirstRequest() throws Exception {
        route("&indexTemplate=changes");
        assertEquals(List.of(), failed(sendAll(2)));
        assertEquals(List.of("GET /_index_template/changes ",
                "PUT /_index_template/changes {\"index_patterns\":[\"orders\"],\"template\":{\"settings\":{\"index.gc_deletes\":\"93600000ms\"}}}",
                "PUT /orders/_settings {\"index.gc_deletes\":\"93600000ms\"}"), server.others());
    }

    @Test
    void producersOfTheSameNodesShareAClientAndTheLastClosesIt() throws Exception {
        SharedClients clients = new SharedClients();
        OpenSearchEndpoint endpoint = context.getEndpoint("opensearch:c?hostAddresses=localhost:1", OpenSearchEndpoint.class);
        Nodes nodes = Nodes.ofOptions(endpoint.getConfiguration(), context);
        SharedClients.Lease first = clients.lease(nodes);
        SharedClients.Lease second = clients.lease(Nodes.ofOptions(endpoint.getConfiguration(), context));
        assertEquals(first.client(), second.client());
        first.close();
        first.close();
        await().until(() -> second.client().isRunning());
        second.close();
        assertFalse(second.client().isRunning());
        assertFalse(first.client() == clients.lease(nodes).client(), "a new one");
    }

    @Test
    void whatIsNoChangeNeedsAnOperation() throws Exception {
        route("");
        Exchange sent = context.createProducerTemplate().send("direct:alone", exchange -> exchange.getMessage().setBody("{}"));
        assertTrue(sent.getException().getMessage().contains("set the option or header operation"), sent.getException()::toString);
        assertEquals(0, server.bulks().size());
        Exchange stock = context.createProducerTemplate().send("direct:alone", exchange -> {
            exchange.getMessage().setBody("id");
            exchange.getMessage().setHeader("operation", "Exists");
        });
        assertEquals(Boolean.TRUE, stock.getMessage().getBody());
    }

    private void route(String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:alone").errorHandler(noErrorHandler()).to("opensearch:c?indexName=orders" + options);
            }
        });
        context.start();
    }

    private List<Exception> sendAll(int count) throws Exception {
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(ItemChanges.send(context, "direct:alone", ItemChanges.put("k" + i, 1, Map.of())));
        }
        List<Exception> failures = new ArrayList<>();
        for (CompletableFuture<Exchange> one : sent) {
            failures.add(one.get().getException());
        }
        return failures;
    }

    private List<Exception> sendBatch(int count) {
        List<ChangeEvent> events = IntStream.range(0, count).mapToObj(i -> ItemChanges.put("k" + i, 1, Map.of())).toList();
        Exchange sent = context.createProducerTemplate().send("direct:alone", exchange -> exchange.getMessage().setBody(events));
        Map<String, ? extends Throwable> failures = sent.getException() instanceof BatchItemFailuresException batch
                ? batch.failures() : Map.of();
        return events.stream().map(event -> (Exception) failures.get(event.eventId())).toList();
    }

    private static List<Exception> failed(List<Exception> failures) {
        return failures.stream().filter(failure -> failure != null).toList();
    }

    private static int bytes(ChangeEvent event) throws Exception {
        OpenSearchConfiguration options = new OpenSearchConfiguration();
        options.setIndexName("orders");
        var exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(event);
        return new BulkActions(options).of(Part.of(exchange).get(0)).bytes();
    }
}
