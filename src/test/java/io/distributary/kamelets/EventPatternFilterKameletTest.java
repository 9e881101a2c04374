package io.distributary.kamelets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPatternFilterKameletTest extends ActionRoutes {
    private static final String LARGE = "{\"dynamodb\":{\"NewImage\":{\"total\":{\"N\":[{\"numeric\":[\">=\",100]}]}}}}";

    @ParameterizedTest
    @ValueSource(strings = {LARGE, "resource:classpath:event-patterns/large-orders.json",
            "{\"eventName\": [\"INSERT\"], \"dynamodb\": {\"Keys\": {\"pk\": {\"S\": [{\"prefix\": \"ORDER#\"}]}},"
                    + " \"NewImage\": {\"total\": {\"N\": [\"100\"]}}}}",
            // Camel ends a kamelet's parameter at an ampersand
            "{\"dynamodb\":{\"NewImage\":{\"total\":{\"N\":[\"100\",\"a\\u0026b=c?d#e+f%25 5% (g)\"]}}}}",
            "{\"Filters\": [{\"Pattern\": \"{\\\"dynamodb\\\":{\\\"NewImage\\\":{\\\"total\\\":{\\\"N\\\":[{\\\"suffix\\\":\\\"00\\\"}]}}}}\"}]}"})
    void changesPassThatMatch(String pattern) throws Exception {
        start("event-pattern-filter", Map.of("pattern", pattern));
        assertNull(send(order("100")).getException());
        assertEquals(1, passed.size());
        assertNull(send(order("99")).getException(), "what does not match is acknowledged");
        assertEquals(1, passed.size());
    }

    @Test
    void ofABatchThoseThatMatchStay() throws Exception {
        start("event-pattern-filter", Map.of("pattern", LARGE));
        List<ChangeEvent> batch = Stream.of("100", "1", "200").map(EventPatternFilterKameletTest::order).toList();
        send(batch);
        assertEquals(List.of(batch.get(0), batch.get(2)), passed.get(0).getMessage().getBody());
        assertEquals(2, passed.get(0).getMessage().getHeader(ChangeEventHeaders.BATCH_SIZE));
        assertNull(send(batch.subList(1, 2)).getException());
        assertEquals(1, passed.size(), "nothing passes of the second");
    }

    @Test
    void aBadPatternEndsTheStart() {
        Throwable failure = assertThrows(Exception.class, () -> start("event-pattern-filter", Map.of("pattern", "{\"eventName\":\"INSERT\"}")));
        while (failure.getCause() != null) {
            failure = failure.getCause();
        }
        assertEquals("event pattern, line 1, column 2: \"eventName\" must be an object or an array", failure.getMessage());
    }

    private static ChangeEvent order(String total) {
        return insert("ORDER#1", "METADATA", Map.of("total", n(total)));
    }
}
