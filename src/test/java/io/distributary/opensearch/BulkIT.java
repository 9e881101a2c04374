package io.distributary.opensearch;

import static io.distributary.opensearch.ItemChanges.n;
import static io.distributary.opensearch.ItemChanges.s;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import io.distributary.coalesce.DeliveryException;
import io.distributary.event.ChangeEvent;
import io.distributary.event.ItemKey;
import io.distributary.sandbox.OpenSearchHttp;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.distributary.sandbox.fault.FaultProxy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;

/** What a real index holds after changes, replays and faults. */
@WithSandbox(Service.OPENSEARCH)
class BulkIT {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private OpenSearchHttp http;
    private FaultProxy proxy;
    private String index;

    @BeforeEach
    void start(Stack stack) {
        http = stack.openSearch();
        index = Stack.uniqueName("bulk");
        proxy = new FaultProxy("127.0.0.1", stack.endpoint(Service.OPENSEARCH).getPort());
        context.getRegistry().bind("meters", registry);
        context.getPropertiesComponent().addInitialProperty("opensearch.urls", "http://127.0.0.1:" + proxy.port());
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        proxy.close();
        http.send("DELETE", "/" + index + "*", null);
    }

    @Test
    void oneOfTenIsRefusedWithTheFieldAndTheReason() throws Exception {
        route(index, "");
        assertNull(send(put("k", 1, n("1"))));
        for (int i = 0; i < 10; i++) {
            Exception failure = send(put("k" + i, 1, i == 3 ? s("much") : n("1")));
            if (i == 3) {
                DeliveryException refused = assertInstanceOf(DeliveryException.class, failure);
                assertTrue(refused.isPermanent());
                assertTrue(refused.reason().contains("failed to parse field [total] of type [long]"), refused::reason);
            } else {
                assertNull(failure);
            }
        }
        assertEquals(10, http.count(index));
    }

    @ParameterizedTest
    @CsvSource({"1, 9223372036854775808", ", 9223372036854775808", ", 12345678901234567890123456789012345678"})
    void aWholeNumberBeyond64BitsIsRefusedNamingFieldAndReason(String first, String number) throws Exception {
        route(index, "");
        if (first != null) {
            assertNull(send(put("k", 1, n(first))));
        }
        DeliveryException refused = assertInstanceOf(DeliveryException.class, send(put("big", 1, n(number))));
        assertTrue(refused.isPermanent());
        assertTrue(refused.reason().contains("total"), refused::reason);
        assertTrue(refused.reason().contains("out of range"), refused::reason);
        assertTrue(http.get(index, "big|x").isEmpty());
    }

    @Test
    void olderNeverOverwritesNewer() throws Exception {
        route(index, "");
        long second = 1_795_000_000L << 30;
        assertNull(send(put("k", second + 5, n("5"))));
        assertNull(send(put("k", second + 4, n("4"))));
        assertNull(send(put("k", second + 5, n("5"))));
        assertNull(send(ItemChanges.removed("k", second + 3)));
        assertEquals(5, http.get(index, "k|x").orElseThrow().at("/_source/total").asInt());
        assertNull(send(ItemChanges.removed("k", second + 6)));
        assertNull(send(ItemChanges.removed("k", second + 6)));
        assertNull(send(put("k", second + 5, n("5"))));
        assertTrue(http.get(index, "k|x").isEmpty());
        assertNull(send(put("k", second + 7, n("7"))));
        assertEquals(second + 7, http.get(index, "k|x").orElseThrow().get("_version").asLong());
        assertEquals(3, registry.get("distributary.target.superseded").counter().count());
    }

    @ParameterizedTest
    @CsvSource({"CREATE, 1, ''", "UPDATE, 2, old", "INDEX, 2, ''"})
    void operations(ChangeOperation operation, int total, String note) throws Exception {
        route(index, "&changeOperation=" + operation);
        assertNull(send(ItemChanges.put("k", 1, Map.of("total", n("1"), "note", s(operation == ChangeOperation.UPDATE ? "old" : "")))));
        assertNull(send(ItemChanges.put("k", 2, Map.of("total", n("2")))));
        var document = http.get(index, "k|x").orElseThrow().get("_source");
        assertEquals(total, document.get("total").asInt());
        assertEquals(note, document.path("note").asText());
        assertNull(send(ItemChanges.removed("k", 3)));
        assertNull(send(ItemChanges.removed("k", 3)));
        assertTrue(http.get(index, "k|x").isEmpty());
    }

    @Test
    void anItemMovesBetweenIndexesByItsAttribute() throws Exception {
        route(index + "-{attribute:tenant}", "&routing={attribute:tenant}");
        assertNull(send(ItemChanges.change(OperationType.INSERT, "k", 1, null, Map.of("tenant", s("A")))));
        assertNull(send(ItemChanges.change(OperationType.MODIFY, "k", 2, Map.of("tenant", s("A")), Map.of("tenant", s("B")))));
        assertEquals(0, http.count(index + "-a"));
        assertEquals(1, http.count(index + "-b"));
        assertNull(send(ItemChanges.change(OperationType.REMOVE, "k", 3, Map.of("tenant", s("B")), null)));
        assertEquals(0, http.count(index + "-b"));
    }

    @Test
    void theIndexTemplateMakesOpenSearchRememberDeletes() throws Exception {
        assertEquals(200, http.send("PUT", "/" + index + "-there", null).status());
        route(index + "-{attribute:tenant}", "&indexTemplate=" + index);
        assertNull(send(ItemChanges.put("k", 1, Map.of("tenant", s("new")))));
        for (String name : List.of(index + "-there", index + "-new")) {
            assertEquals("93600000ms", http.send("GET", "/" + name + "/_settings", null).body()
                    .at("/" + name + "/settings/index/gc_deletes").asText(), name);
        }
        assertEquals(200, http.send("DELETE", "/_index_template/" + index, null).status());
    }

    @Test
    void keysOfAnyKindMakeIds() throws Exception {
        route(index, "");
        for (String key : List.of("a|b\\c", "ä/ö?&%20", "\"quoted\"\n", "x".repeat(600))) {
            ChangeEvent event = ItemChanges.put(key, 1, Map.of());
            assertNull(send(event));
            assertTrue(http.get(index, ItemKey.documentId(event.itemKey())).isPresent(), key);
        }
        assertEquals(4, http.count(index));
    }

    @Test
    void tenThousandChangesArriveInOrderThroughFaults() throws Exception {
        int items = 500;
        int rounds = 20;
        route(index, "&maxBulkActions=200&socketTimeout=2000");
        AtomicInteger failed = new AtomicInteger();
        Semaphore window = new Semaphore(1_000);
        List<CompletableFuture<Exchange>> last = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (int item = 0; item < items; item++) {
                window.acquire();
                last.add(ItemChanges.send(context, "direct:change", put("k" + item, 1 + round, n(Integer.toString(round)))));
                last.get(last.size() - 1).whenComplete((exchange, error) -> {
                    failed.addAndGet(error != null || exchange.getException() != null ? 1 : 0);
                    window.release();
                });
            }
            if (round % 5 == 0) {
                proxy.resetAll();
            } else if (round == 7) {
                double before = registry.get("distributary.target.retries").counter().count();
                proxy.down();
                await().until(() -> registry.get("distributary.target.retries").counter().count() > before + 100);
                proxy.up();
            }
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> last.stream().allMatch(CompletableFuture::isDone));
        assertEquals(0, failed.get());
        assertEquals(items, http.count(index));
        for (int item = 0; item < items; item++) {
            assertEquals(rounds, http.get(index, "k" + item + "|x").orElseThrow().at("/_source/total").asInt(), "k" + item);
        }
    }

    private static ChangeEvent put(String key, long version, AttributeValue total) {
        return ItemChanges.put(key, version, Map.of("total", total));
    }

    private Exception send(ChangeEvent event) throws Exception {
        return ItemChanges.send(context, "direct:change", event).get().getException();
    }

    private void route(String indexName, String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:change").errorHandler(noErrorHandler()).to("opensearch:c?indexName=" + indexName + options);
            }
        });
        context.start();
    }
}
