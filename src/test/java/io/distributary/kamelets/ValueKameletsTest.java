package io.distributary.kamelets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Selection, attribute check and count, as their files have them. */
class ValueKameletsTest extends ActionRoutes {

    @Test
    void aSelectedChangeGoesOnAsItsMessageAndOthersEnd() throws Exception {
        start("selection", Map.of("selection", "dear", "paths", "total", "condition", "ROSE_ABOVE", "value", "100",
                "partitionKey", "ORDER#{order}"));
        send(modify(Map.of("total", n("99")), Map.of("total", n("100"))));
        send(modify(Map.of("total", n("99")), Map.of("total", n("100.01"))));
        assertEquals(1, passed.size());
        assertTrue(passed.get(0).getMessage().getBody(String.class)
                .endsWith("\"values\":[{\"path\":\"total\",\"old\":99,\"new\":100.01}]}"), () -> passed.get(0).getMessage().getBody(String.class));
        assertEquals("1", passed.get(0).getMessage().getHeader("order"));
    }

    @Test
    void withoutAConditionAnyOtherValueIsSelected() throws Exception {
        start("selection", Map.of("selection", "any", "paths", "total,\"a.b\""));
        send(modify(Map.of("total", n("99"), "a.b", s("x")), Map.of("total", n("98"), "a.b", s("y"))));
        send(modify(Map.of("total", n("99"), "at", n("1")), Map.of("total", n("99"), "at", n("2"))));
        assertEquals(1, passed.size());
        assertTrue(passed.get(0).getMessage().getBody(String.class).contains("\"values\":[{\"path\":\"\\\"a.b\\\"\",\"old\":\"x\","),
                () -> passed.get(0).getMessage().getBody(String.class));
    }

    @ParameterizedTest
    @CsvSource({"condition,ROSE,ROSE", "value,1,takes no value", "partitionKey,ORDER#{order,brace", "paths,a..b,a name expected"})
    void aSelectionThatCannotBeIsRefusedWhenTheRouteStarts(String option, String value, String reason) {
        Map<String, String> options = new java.util.HashMap<>(Map.of("selection", "dear", "paths", "total"));
        options.put(option, value);
        Throwable refused = assertThrows(Exception.class, () -> start("selection", options));
        StringBuilder text = new StringBuilder();
        for (; refused != null; refused = refused.getCause()) {
            text.append(refused).append('\n');
        }
        assertTrue(text.toString().contains(reason), text::toString);
    }

    @Test
    void whatLacksAnAttributeFailsAndOthersGoOnAsTheyAre() throws Exception {
        start("attribute-check", Map.of("attributes", "total N, note? S"));
        ChangeEvent good = insert("ORDER#1", "A", Map.of("total", n("1")));
        assertNull(send(good).getException());
        assertSame(good, passed.get(0).getMessage().getBody());
        assertNull(send(event("REMOVE", "ORDER#1", "A", Map.of(), null)).getException());
        Exchange refused = send(insert("ORDER#1", "A", Map.of("total", s("secret"), "note", n("2"))));
        assertTrue(refused.getException() instanceof ValidationException, () -> String.valueOf(refused.getException()));
        String message = refused.getException().getMessage();
        assertTrue(message.contains("total is of type S, not N; note is of type N, not S") && !message.contains("secret"), message);
        assertEquals(2, passed.size());
    }

    @Test
    void changesAreCountedByKindWhereThereIsARegistry() throws Exception {
        start("count", Map.of("kind", "order"));
        send(insert("ORDER#1", "A", Map.of()));
        assertEquals(1, passed.size(), "goes on without a registry too");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        camel.getRegistry().bind("meters", meters);
        for (ChangeEvent event : List.of(insert("ORDER#1", "A", Map.of()), insert("ORDER#2", "A", Map.of()),
                event("REMOVE", "ORDER#1", "A", Map.of(), null))) {
            send(event);
        }
        assertEquals(2, meters.get("distributary.route.changes").tags("kind", "order", "event_name", "INSERT", "table", "orders")
                .counter().count());
        assertEquals(1, meters.get("distributary.route.changes").tags("kind", "order", "event_name", "REMOVE", "table", "orders")
                .counter().count());
    }
}
