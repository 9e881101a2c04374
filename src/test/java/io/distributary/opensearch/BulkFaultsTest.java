package io.distributary.opensearch;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.distributary.sandbox.fault.FaultProxy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A network that loses what the server said, or the server itself. */
class BulkFaultsTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private ScriptedOpenSearch server;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedOpenSearch();
        context.getRegistry().bind("meters", registry);
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        server.close();
    }

    @Test
    void anAnswerThatIsLostIsAskedForAgain() throws Exception {
        try (FaultProxy proxy = new FaultProxy("127.0.0.1", server.port())) {
            route(proxy, "&socketTimeout=300");
            await().until(() -> proxy.connections() > 0);
            proxy.loseAnswers(true);
            CompletableFuture<Exchange> sent = ItemChanges.send(context, "direct:alone", ItemChanges.put("k", 1, Map.of()));
            await().until(() -> server.bulks().size() == 1);
            await().until(() -> proxy.swallowed() > 0);
            proxy.loseAnswers(false);
            proxy.resetAll();
            assertNull(sent.get().getException());
            assertTrue(server.bulks().size() > 1);
        }
    }

    @Test
    void aConnectionResetInTheMiddleOfARequestIsTriedAgain() throws Exception {
        try (FaultProxy proxy = new FaultProxy("127.0.0.1", server.port())) {
            route(proxy, "");
            AtomicInteger reset = new AtomicInteger();
            proxy.resetOnce(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains("middle")
                    && reset.incrementAndGet() == 1);
            Map<String, AttributeValue> large = Map.of("text", ItemChanges.s("x".repeat(200_000) + "middle" + "x".repeat(200_000)));
            assertNull(ItemChanges.send(context, "direct:alone", ItemChanges.put("k", 1, large)).get().getException());
            assertEquals(1, reset.get());
            assertEquals(1, server.bulks().size());
        }
    }

    @Test
    void aServerThatIsGoneAndComesBackGetsEverything() throws Exception {
        try (FaultProxy proxy = new FaultProxy("127.0.0.1", server.port())) {
            route(proxy, "");
            proxy.down();
            List<CompletableFuture<Exchange>> sent = IntStream.range(0, 10)
                    .mapToObj(i -> ItemChanges.send(context, "direct:alone", ItemChanges.put("k" + i, 1, Map.of()))).toList();
            await().until(() -> registry.get("distributary.target.retries").counter().count() > 10);
            proxy.up();
            for (CompletableFuture<Exchange> one : sent) {
                assertNull(one.get().getException());
            }
            Set<String> ids = new HashSet<>();
            server.bulks().forEach(bulk -> ids.addAll(bulk.ids()));
            assertEquals(10, ids.size());
        }
    }

    private void route(FaultProxy proxy, String options) throws Exception {
        context.getPropertiesComponent().addInitialProperty("opensearch.urls", "http://localhost:" + proxy.port());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:alone").errorHandler(noErrorHandler()).to("opensearch:c?indexName=orders" + options);
            }
        });
        context.start();
    }
}
