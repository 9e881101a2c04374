package io.distributary.ddb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.distributary.event.ChangeEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class OwnWritesTest {
    private static final Map<String, AttributeValue> PLAIN = Map.of("value", AttributeValue.fromS("x"));
    private static final Map<String, AttributeValue> AT_7 = replica("x", 7);
    private static final Map<String, AttributeValue> DELETED = Map.of("distributary_version", AttributeValue.fromN("9"),
            "distributary_origin", AttributeValue.fromS("eu"), "distributary_deleted", AttributeValue.fromBool(true));

    private final OwnWrites writes = new OwnWrites();

    static Stream<Arguments> replicas() {
        return Stream.of(
                Arguments.of(false, "an application's insert", "INSERT", null, PLAIN),
                Arguments.of(true, "a replica's insert", "INSERT", null, AT_7),
                Arguments.of(true, "a replica's item, found by a backfill", "SNAPSHOT", null, AT_7),
                Arguments.of(false, "an application's item, found by a backfill", "SNAPSHOT", null, PLAIN),
                Arguments.of(true, "a replica over an application's item", "MODIFY", PLAIN, AT_7),
                Arguments.of(true, "a newer replica", "MODIFY", AT_7, replica("y", 8)),
                Arguments.of(false, "an application's update of a replica, which keeps our attributes", "MODIFY", AT_7, replica("y", 7)),
                Arguments.of(false, "an application's item over a replica", "MODIFY", AT_7, PLAIN),
                Arguments.of(false, "an application's item over a tombstone", "MODIFY", DELETED, PLAIN),
                Arguments.of(true, "what comes before our delete", "MODIFY", AT_7, DELETED),
                Arguments.of(true, "our delete", "REMOVE", DELETED, null),
                Arguments.of(false, "an application's delete of a replica", "REMOVE", AT_7, null),
                Arguments.of(false, "an application's delete", "REMOVE", PLAIN, null));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource
    void replicas(boolean own, String what, String name, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        Exchange exchange = exchange(Changes.change(name, "a", 1, before, after));

        assertEquals(own, writes.isReplica(exchange));
        assertEquals(!own, writes.isNotReplica(exchange));
    }

    @Test
    void replicasOfAnotherOriginAreNotMeant() {
        writes.setOrigin("us");

        assertEquals(false, writes.isReplica(exchange(Changes.change("INSERT", "a", 1, null, AT_7))));
        assertEquals(false, writes.isReplica(exchange(Changes.change("REMOVE", "a", 1, DELETED, null))));
        writes.setOrigin("eu");
        assertEquals(true, writes.isReplica(exchange(Changes.change("INSERT", "a", 1, null, AT_7))));
    }

    static Stream<Arguments> marks() {
        Map<String, AttributeValue> marked = Map.of("value", AttributeValue.fromS("x"), "dispatched_at", AttributeValue.fromS("2026"));
        Map<String, AttributeValue> later = Map.of("value", AttributeValue.fromS("x"), "dispatched_at", AttributeValue.fromS("2027"));
        Map<String, AttributeValue> changed = Map.of("value", AttributeValue.fromS("y"), "dispatched_at", AttributeValue.fromS("2026"));
        return Stream.of(
                Arguments.of(true, "the mark came", "MODIFY", PLAIN, marked),
                Arguments.of(false, "the mark came with something else", "MODIFY", PLAIN, changed),
                Arguments.of(false, "the mark changed, which we never do", "MODIFY", marked, later),
                Arguments.of(false, "the mark went", "MODIFY", marked, PLAIN),
                Arguments.of(false, "something else changed", "MODIFY", marked, changed),
                Arguments.of(false, "nothing changed", "MODIFY", marked, marked),
                Arguments.of(false, "an insert", "INSERT", null, marked),
                Arguments.of(false, "a removal", "REMOVE", marked, null));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource
    void marks(boolean own, String what, String name, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        Exchange exchange = exchange(Changes.change(name, "a", 1, before, after));

        assertEquals(own, writes.isMark(exchange));
        assertEquals(!own, writes.isNotMark(exchange));
    }

    @Test
    void aTransformedBodyStillHasItsChange() {
        Exchange exchange = exchange("{}");
        exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, Changes.change("INSERT", "a", 1, null, AT_7));

        assertTrue(writes.isReplica(exchange));
    }

    @Test
    void whatCannotBeToldIsNeverLetThrough() {
        for (Object body : List.of("{}", List.of(Changes.put("a", 1, "x")), Changes.change("MODIFY", "a", 1, null, AT_7),
                Changes.change("REMOVE", "a", 1, null, null))) {
            assertThrows(IllegalArgumentException.class, () -> writes.isNotReplica(exchange(body)));
        }
        var refused = assertThrows(IllegalArgumentException.class,
                () -> writes.isNotMark(exchange(Changes.change("MODIFY", "a", 1, null, AT_7))));
        assertTrue(refused.getMessage().contains("has no old image, so whose change it is cannot be told"), refused::getMessage);
    }

    private static Map<String, AttributeValue> replica(String value, long version) {
        return Map.of("value", AttributeValue.fromS(value), "distributary_version", AttributeValue.fromN(Long.toString(version)),
                "distributary_origin", AttributeValue.fromS("eu"));
    }

    private static Exchange exchange(Object body) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(body);
        return exchange;
    }
}
