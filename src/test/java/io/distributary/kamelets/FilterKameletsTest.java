package io.distributary.kamelets;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import io.distributary.event.ChangeEventHeaders;
import io.distributary.event.EventConversionException;
import org.apache.camel.Exchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FilterKameletsTest extends ActionRoutes {
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            // partitionKeyPrefixes; sortKeyPrefixes; sortKeys; partition key; sort key; passes
            "ORDER#;;;ORDER#1;METADATA;true",
            "ORDER#;;;order#1;METADATA;false",
            "ORDER#,PRODUCT#;;;PRODUCT#1;METADATA;true",
            "ORDER# , PRODUCT#;;;PRODUCT#1;METADATA;true",
            "ORDER#;;;PRODUCT#ORDER#;METADATA;false",
            "ORDER#;LINE#;;ORDER#1;LINE#7;true",
            "ORDER#;LINE#;;ORDER#1;METADATA;false",
            "ORDER#;LINE#;;PRODUCT#1;LINE#7;false",
            "ORDER#;;METADATA;ORDER#1;METADATA;true",
            "ORDER#;;METADATA;ORDER#1;METADATA2;false",
            "ORDER#;LINE#;METADATA;ORDER#1;METADATA;true",
            "ORDER#;LINE#;METADATA;ORDER#1;LINE#1;true",
            "'a,b', c\\d;;;a,bc;METADATA;true",
            "'a,b', c\\\\d;;;c\\dc;METADATA;true",
            "'a,b', c\\d;;;bc;METADATA;false",
            "' a''b';;;' a'bc';METADATA;true",
            "RAW(ORDER+%26&=?#);;;ORDER+%26&=?#1;METADATA;true",
            "RAW(ORDER+%26&=?#);;;ORDER+%26;METADATA;false"})
    void itemsPassByTheirKeys(String partition, String sort, String whole, String pk, String sk, boolean passes) throws Exception {
        start("key-prefix-filter", properties("partitionKeyPrefixes", partition.replace('\'', '"'), "sortKeyPrefixes", sort, "sortKeys", whole));
        Exchange exchange = send(insert(pk.replaceAll("^'|'$", "").replace('\'', '"'), sk, Map.of()));
        assertNull(exchange.getException());
        assertEquals(passes ? 1 : 0, passed.size());
    }

    @Test
    void aFilterLooksAtTheChangeWhateverTheBodyIs() throws Exception {
        start("key-prefix-filter", Map.of("partitionKeyPrefixes", "ORDER#"));
        for (String pk : List.of("ORDER#1", "PRODUCT#1")) {
            send(exchange -> {
                exchange.getMessage().setBody("{}");
                exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, insert(pk, "METADATA", Map.of()));
            });
        }
        assertEquals(List.of("{}"), passed.stream().map(exchange -> exchange.getMessage().getBody()).toList());
    }

    @Test
    void ofABatchThoseThatPassStay() throws Exception {
        start("key-prefix-filter", Map.of("partitionKeyPrefixes", "ORDER#"));
        List<ChangeEvent> batch = Stream.of("ORDER#1", "PRODUCT#1", "ORDER#2").map(pk -> insert(pk, "METADATA", Map.of())).toList();
        send(batch);
        assertEquals(List.of(batch.get(0), batch.get(2)), passed.get(0).getMessage().getBody());
        assertEquals(2, passed.get(0).getMessage().getHeader(ChangeEventHeaders.BATCH_SIZE));
        assertEquals(3, ChangeEventBatch.size(passed.get(0)), "all of the batch fail or are acknowledged together");
        assertNull(send(batch.subList(1, 2)).getException());
        assertEquals(1, passed.size(), "nothing passes of the second");
    }

    @ParameterizedTest
    @CsvSource({"ORDER#, PRODUCT#, 1", "PRODUCT#, ORDER#, 2"})
    void inAMulticastOnlyTheBranchOfTheFilterStopsAndWhatFollowsIfItIsTheLast(String first, String second, int expected) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("branches.camel.yaml", """
                - route:
                    id: branches
                    errorHandler: {noErrorHandler: {}}
                    from:
                      uri: direct:in
                      steps:
                        - multicast:
                            steps:
                              - pipeline:
                                  steps:
                                    - to: {uri: "kamelet:distributary-key-prefix-filter-action", parameters: {partitionKeyPrefixes: "%s"}}
                                    - process: {ref: after}
                              - pipeline:
                                  steps:
                                    - to: {uri: "kamelet:distributary-key-prefix-filter-action", parameters: {partitionKeyPrefixes: "%s"}}
                                    - process: {ref: after}
                        - process: {ref: after}
                """.formatted(first, second)));
        camel.start();
        assertNull(send(insert("ORDER#1", "METADATA", Map.of())).getException());
        assertEquals(expected, passed.size(), "one branch, and what follows the multicast unless its last branch was stopped");
    }

    @Test
    void withoutAChangeAFilterFails() throws Exception {
        start("key-prefix-filter", Map.of("partitionKeyPrefixes", "ORDER#"));
        Exception failure = send(exchange -> exchange.getMessage().setBody("{}")).getException();
        assertTrue(failure.getMessage().contains("needs a change of a table"), failure.toString());
        assertEquals(0, passed.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "INSERT;;INSERT;true", "INSERT;;SNAPSHOT;false", "REMOVE,SNAPSHOT;;SNAPSHOT;true", "INSERT;;MODIFY;false", "INSERT,MODIFY;;MODIFY;true", "insert, modify;;MODIFY;true", "REMOVE;;REMOVE;true",
            "REMOVE;;TTL;true", "REMOVE;INCLUDE;TTL;true", "REMOVE;EXCLUDE;TTL;false", "REMOVE;EXCLUDE;REMOVE;true", "REMOVE;ONLY;TTL;true",
            "REMOVE;ONLY;REMOVE;false", "INSERT,REMOVE;ONLY;INSERT;true", "INSERT;ONLY;TTL;false"})
    void changesPassByTheirKind(String names, String ttlDeletes, String kind, boolean passes) throws Exception {
        start("event-name-filter", properties("eventNames", names, "ttlDeletes", ttlDeletes));
        assertNull(send(kind(kind)).getException());
        assertEquals(passes ? 1 : 0, passed.size());
    }

    @Test
    void aKindOfChangeThatIsUnknownFailsAndIsNotLeftOut() throws Exception {
        start("event-name-filter", Map.of("eventNames", "INSERT"));
        assertInstanceOf(EventConversionException.class, send(kind("TRUNCATE")).getException());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            "event-name-filter;eventNames;INSERT,DELETE;DELETE", "event-name-filter;eventNames;INSERT,,REMOVE;empty element",
            "event-name-filter;ttlDeletes;NEVER;NEVER", "key-prefix-filter;partitionKeyPrefixes;`\"ORDER#`;no closing one",
            "key-prefix-filter;partitionKeyPrefixes;`a\"b\"`;a quote where none may be"})
    void aBadPropertyIsRefusedWhenTheRouteIsMade(String kamelet, String property, String value, String message) {
        Map<String, String> properties = new TreeMap<>(kamelet.startsWith("event") ? Map.of("eventNames", "INSERT") : Map.of());
        properties.put(property, value);
        Exception refused = assertThrows(Exception.class, () -> start(kamelet, properties));
        assertTrue(causes(refused).contains(message), () -> causes(refused));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            // attributes; inserts; removes; old n, new n (- for none), sensor's old and new value; passes
            "n;;;1;2;5;5;true", "n;;;1;1;5;6;false", "n;;;1;-;5;5;true", "n;;;-;1;5;5;true", "n;;;-;-;5;6;false",
            "sensor.value;;;1;2;5;6;true", "sensor.value;;;1;2;5;5;false", "sensor;;;1;2;5;5;true", "n,sensor.value;;;1;1;5;6;true",
            "sensor.*;;;1;1;5;5;true", "none;;;1;2;5;6;false",
            // of an INSERT there is no old, of a REMOVE no new image
            "n;;;I;2;5;5;true", "n;IF_PRESENT;;I;-;5;5;false", "n;ALWAYS;;I;-;5;5;true", "n;NEVER;ALWAYS;I;2;5;5;false",
            "n;;;1;R;5;5;true", "n;;IF_PRESENT;-;R;5;5;false", "n;;ALWAYS;-;R;5;5;true", "n;ALWAYS;NEVER;1;R;5;5;false"})
    void changesPassByWhatDiffers(String attributes, String inserts, String removes, String before, String after, String old, String now,
            boolean passes) throws Exception {
        start("changed-attributes-filter", properties("attributes", attributes, "inserts", inserts, "removes", removes));
        ChangeEvent event = event(before.equals("I") ? "INSERT" : after.equals("R") ? "REMOVE" : "MODIFY", "ORDER#1", "METADATA",
                before.equals("I") ? null : sensor(before, old, "12:00"), after.equals("R") ? null : sensor(after, now, "12:01"));
        assertNull(send(event).getException());
        assertEquals(passes ? 1 : 0, passed.size());
    }

    private static Map<String, AttributeValue> sensor(String n, String value, String time) {
        Map<String, AttributeValue> item = new TreeMap<>(Map.of("sensor", AttributeValue.fromM(Map.of("value", n(value), "time", s(time)))));
        if (!n.equals("-")) {
            item.put("n", n(n));
        }
        return item;
    }

    @ParameterizedTest
    @CsvSource({"MODIFY, old, old_image", "MODIFY, new, new_image", "INSERT, new, new_image", "SNAPSHOT, new, new_image", "REMOVE, old, old_image"})
    void withoutTheImageItTakesAChangeFailsForGood(String name, String missing, String path) throws Exception {
        start("changed-attributes-filter", Map.of("attributes", "n"));
        Map<String, AttributeValue> image = Map.of("n", n("1"));
        Exception failure = send(event(name, "ORDER#1", "METADATA", missing.equals("old") || name.equals("INSERT") || name.equals("SNAPSHOT") ? null : image,
                missing.equals("new") || name.equals("REMOVE") ? null : image)).getException();
        assertInstanceOf(EventConversionException.class, failure);
        assertEquals(path, ((EventConversionException) failure).path());
        assertTrue(failure.getMessage().contains("NEW_AND_OLD_IMAGES"), failure.getMessage());
    }

    @Test
    void aSetInAnotherOrderIsNoChange() throws Exception {
        start("changed-attributes-filter", Map.of("attributes", "tags"));
        send(modify(Map.of("tags", AttributeValue.fromSs(List.of("a", "b"))), Map.of("tags", AttributeValue.fromSs(List.of("b", "a")))));
        assertEquals(List.of(), passed);
    }

    static String causes(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause).map(Throwable::toString).toList().toString();
    }

    private static ChangeEvent kind(String kind) {
        ChangeEvent event = event(kind.equals("TTL") ? "REMOVE" : kind, "ORDER#1", "METADATA", Map.of(), null);
        Record record = event.record().toBuilder().userIdentity(kind.equals("TTL")
                ? Identity.builder().principalId("dynamodb.amazonaws.com").type("Service").build() : null).build();
        return ChangeEvent.of(record, event.source());
    }

    /** Without those that are null. */
    private static Map<String, String> properties(String... namesAndValues) {
        Map<String, String> properties = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                properties.put(namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return properties;
    }
}
