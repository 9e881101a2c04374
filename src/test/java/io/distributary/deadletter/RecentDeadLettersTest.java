package io.distributary.deadletter;

import java.time.Instant;
import java.util.List;

import io.distributary.deadletter.RecentDeadLetters.Entry;
import io.distributary.deadletter.RecentDeadLetters.Head;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RecentDeadLettersTest {
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    private final RecentDeadLetters recent = new RecentDeadLetters(3);

    @Test
    void theNewestAreKeptUpToTheLimit() {
        for (int n = 1; n <= 5; n++) {
            recent.add(NOW.plusSeconds(n), true, "{}", head("e" + n), "reason " + n);
        }
        assertEquals(List.of("reason 5", "reason 4", "reason 3"), reasons());
        assertEquals(5, recent.snapshot().stored());
    }

    @Test
    void oneThatCannotBeStoredTakesOnePlaceHoweverOftenItIsMade() {
        recent.add(NOW, true, "{}", head("e1"), "first");
        for (int n = 1; n <= 5; n++) {
            recent.add(NOW, false, "{}", head("e2"), "not stored " + n);
        }
        assertEquals(List.of("not stored 5", "first"), reasons());
        recent.add(NOW, true, "{}", head("e2"), "stored");
        assertEquals(List.of("stored", "first"), reasons());
        assertTrue(recent.snapshot().newest().get(0).stored());
    }

    @Test
    void aLargeOneIsKeptWithoutItsRecord() {
        recent.add(NOW, true, "{\"event_id\":\"e1\",\"record\":{\"x\":\"" + "y".repeat(70_000) + "\"}}", head("e1"), "large");
        Entry large = recent.snapshot().newest().get(0);
        assertTrue(large.truncated());
        assertEquals("{\"event_id\":\"e1\"}", large.json());
        assertTrue(large.bytes() > 70_000);
        recent.add(NOW, true, "{\"body\":\"" + "y".repeat(70_000) + "\"}", head("e2"), "body");
        assertNull(recent.snapshot().newest().get(0).json());
    }

    @Test
    void allTogetherAreBoundedInBytes() {
        RecentDeadLetters many = new RecentDeadLetters(1000);
        String letter = "{\"record\":\"" + "y".repeat(60_000) + "\"}";
        for (int n = 0; n < 1000; n++) {
            many.add(NOW, true, letter, head("e" + n), "r");
        }
        List<Entry> kept = many.snapshot().newest();
        assertTrue(kept.stream().mapToLong(entry -> 2L * entry.json().length()).sum() <= RecentDeadLetters.MAX_TOTAL_BYTES);
        assertTrue(kept.size() > 30, "kept " + kept.size());
        assertEquals("e999", kept.get(0).head().eventId());
    }

    @Test
    void onlyWhatItsDestinationTookIsKnownAsStored() throws Exception {
        boolean[] down = {true};
        try (CamelContext context = new DefaultCamelContext()) {
            context.addService(recent);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(deadLetterChannel("direct:letters").deadLetterHandleNewException(false)
                            .onExceptionOccurred(new FailureTracker()));
                    from("direct:in").routeId("in").multicast().to("direct:good").to("direct:bad");
                    from("direct:good").routeId("good").errorHandler(noErrorHandler()).log("good");
                    from("direct:bad").routeId("bad").errorHandler(noErrorHandler()).throwException(IllegalStateException.class, "refused");
                    from("direct:letters").errorHandler(noErrorHandler()).process(new DeadLetter()).process(exchange -> {
                        if (down[0]) {
                            throw new IllegalStateException("the queue is down");
                        }
                    });
                }
            });
            context.start();
            var failed = context.createProducerTemplate().send("direct:in", exchange -> exchange.getMessage().setBody("x"));
            assertTrue(failed.isFailed());
            assertEquals(1, recent.snapshot().made());
            assertEquals(0, recent.snapshot().stored());
            assertFalse(recent.snapshot().newest().get(0).stored());
            down[0] = false;
            context.createProducerTemplate().send("direct:in", exchange -> exchange.getMessage().setBody("x"));
            assertEquals(1, recent.snapshot().stored());
            Entry entry = recent.snapshot().newest().get(0);
            assertTrue(entry.stored());
            assertEquals("java.lang.IllegalStateException: refused", entry.reason());
            assertTrue(entry.json().contains("\"body\":\"x\""), entry.json());
        }
    }

    private List<String> reasons() {
        return recent.snapshot().newest().stream().map(Entry::reason).toList();
    }

    private static Head head(String id) {
        return new Head(id, "INSERT", "orders", "orders-fanout", "kamelet:sink", "a", 1);
    }
}
