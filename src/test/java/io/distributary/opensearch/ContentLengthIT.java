package io.distributary.opensearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.distributary.coalesce.DeliveryException;
import io.distributary.event.BatchItemFailuresException;
import io.distributary.event.ChangeEvent;
import io.distributary.sandbox.OpenSearchHttp;
import io.distributary.sandbox.OpenSearchServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real node whose {@code http.max_content_length} is smaller than our limits. */
class ContentLengthIT {
    private static final int MAX_CONTENT_LENGTH = 64 << 10;
    private static final int DOCUMENT = 4 << 10;

    @TempDir
    private static Path folder;

    private static OpenSearchServer server;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OpenSearchHttp http = new OpenSearchHttp(server.endpoint());

    @BeforeAll
    static void serve() throws Exception {
        server = OpenSearchServer.start(folder, Map.of("http.max_content_length", MAX_CONTENT_LENGTH + "b"));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        http.deleteIndex("i");
    }

    @Test
    void aRequestThatIsTooLargeIsHalvedUntilItFits() throws Exception {
        start("");
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(changes(1_000, DOCUMENT));

        assertNull(context.createProducerTemplate().send("direct:send", exchange).getException());

        assertEquals(1_000, http.count("i"));
        assertEquals(1_000, meters.get("distributary.target.request.entries").summary().totalAmount());
        assertTrue(meters.get("distributary.target.request.entries").summary().max() * DOCUMENT > 10 * MAX_CONTENT_LENGTH);
        assertEquals(0, meters.get("distributary.target.retries").counter().count());
    }

    @Test
    void aDocumentThatIsTooLargeFailsAloneAndIsNotTriedAgain() throws Exception {
        start("");
        List<ChangeEvent> changes = new ArrayList<>(changes(20, DOCUMENT));
        changes.set(7, ItemChanges.put("large", 1, Map.of("text", ItemChanges.s("x".repeat(MAX_CONTENT_LENGTH)))));
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(changes);

        BatchItemFailuresException failures = assertInstanceOf(BatchItemFailuresException.class,
                context.createProducerTemplate().send("direct:send", exchange).getException());

        assertEquals(List.of("large@1"), List.copyOf(failures.failures().keySet()));
        DeliveryException failure = assertInstanceOf(DeliveryException.class, failures.failures().get("large@1"));
        assertTrue(failure.isPermanent());
        assertEquals("413 Request Entity Too Large; it limits a request by http.max_content_length", failure.reason());
        assertEquals(19, http.count("i"));
        assertEquals(0, meters.get("distributary.target.retries").counter().count());
    }

    @Test
    void manyAtOnceLoseNothing() throws Exception {
        start("");
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (ChangeEvent change : changes(600, DOCUMENT)) {
            sent.add(ItemChanges.send(context, "direct:send", change));
        }
        for (CompletableFuture<Exchange> each : sent) {
            assertNull(each.get(60, TimeUnit.SECONDS).getException());
        }
        assertEquals(600, http.count("i"));
        assertEquals(0, meters.get("distributary.target.retries").counter().count(), "a refusal is read, not taken for a lost connection");
    }

    private static List<ChangeEvent> changes(int count, int bytes) {
        String text = "x".repeat(bytes);
        return IntStream.range(0, count).mapToObj(i -> ItemChanges.put("k" + i, 1, Map.of("text", ItemChanges.s(text)))).toList();
    }

    private void start(String options) throws Exception {
        context.getRegistry().bind("meters", meters);
        context.getPropertiesComponent().addInitialProperty("opensearch.urls", server.endpoint().toString());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:send").errorHandler(noErrorHandler()).to("opensearch:c?indexName=i" + options);
            }
        });
        context.start();
    }
}
