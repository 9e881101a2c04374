package io.distributary.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import io.distributary.event.EventConversionException;
import io.distributary.event.StreamSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

class ValueSelectionTest {
    private static final StreamSource SOURCE = new StreamSource("shadows", "arn:aws:dynamodb:eu-west-1:1:table/shadows/stream/1",
            "shard-1", "pk", "sk");

    private final Map<String, AttributeValue> cool = sensors("79.5", "1");
    private final Map<String, AttributeValue> hot = sensors("81.12345678901234567890123456789012345", "2");

    @Test
    void tellsOfTheValuesThatWereSelected() throws Exception {
        Exchange exchange = run(selection("CHANGED", null), event("MODIFY", "DSR#climate", cool, hot));

        assertFalse(exchange.isRouteStop());
        String body = exchange.getMessage().getBody(String.class);
        assertEquals("{\"event_id\":\"e-1\",\"selection\":\"overheated\",\"device\":\"d-1\",\"shadow\":\"climate\","
                + "\"event_name\":\"MODIFY\",\"table_name\":\"shadows\",\"sequence_number\":\"111\","
                + "\"approximate_creation_time\":\"2026-11-20T10:15:30Z\",\"keys\":{\"pk\":\"DS#d-1\",\"sk\":\"DSR#climate\"},"
                + "\"values\":[{\"path\":\"state.t.value\",\"old\":79.5,\"new\":81.12345678901234567890123456789012345}]}", body);
        assertEquals(List.of("overheated", "d-1", "climate", "e-1/overheated", "e-1/overheated", "application/json"), List.of(
                exchange.getMessage().getHeader("selection"), exchange.getMessage().getHeader("device"),
                exchange.getMessage().getHeader("shadow"), exchange.getMessage().getHeader("CamelAwsMessageDeduplicationId"),
                exchange.getMessage().getHeader("Nats-Msg-Id"), exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)));
        assertTrue(exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY) instanceof ChangeEvent, "targets need the change itself");
    }

    @Test
    void aValueThatCameOrWentHasOneSideOnly() throws Exception {
        assertEquals("{\"path\":\"state.t.value\",\"new\":79.5}",
                value(run(selection("CHANGED", null), event("INSERT", "DSR#climate", null, cool))).toString());
        assertEquals("{\"path\":\"state.t.value\",\"old\":79.5}",
                value(run(selection("DISAPPEARED", null), event("REMOVE", "DSR#climate", cool, null))).toString());
    }

    @Test
    void othersEndHere() {
        assertTrue(run(selection("CHANGED", null), event("MODIFY", "DSR#climate", cool, sensors("79.5", "2"))).isRouteStop(),
                "only the time changed");
        assertTrue(run(selection("CHANGED", null), event("MODIFY", "DSD#climate", cool, hot)).isRouteStop(), "another kind of item");
        assertTrue(run(selection("ROSE_ABOVE", "82"), event("MODIFY", "DSR#climate", cool, hot)).isRouteStop(), "not that hot");
    }

    @ParameterizedTest
    @CsvSource({"MODIFY,false,true", "MODIFY,true,false", "INSERT,false,false", "SNAPSHOT,false,false", "REMOVE,false,false"})
    void anImageThatIsMissingIsAnErrorAndNoReasonToEndHere(String eventName, boolean before, boolean after) {
        ChangeEvent event = event(eventName, "DSR#climate", before ? cool : null, after ? hot : null);
        String message = assertThrows(EventConversionException.class, () -> run(selection("CHANGED", null), event)).getMessage();
        assertTrue(message.contains("NEW_AND_OLD_IMAGES"), message);
    }

    @Test
    void aBatchAndABodyOfAnotherKindAreRefused() {
        ValueSelection selection = selection("CHANGED", null);
        selection.start();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Exchange batch = new DefaultExchange(camel);
            ChangeEventBatch.write(batch, List.of(event("MODIFY", "DSR#climate", cool, hot), event("MODIFY", "DSR#door", cool, hot)));
            assertTrue(assertThrows(IllegalArgumentException.class, () -> selection.process(batch)).getMessage().contains("split"));
            assertThrows(IllegalArgumentException.class, () -> selection.process(new DefaultExchange(camel)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "DS#{device} | DSR#{device} | state.t | {device}",
        "DS#{values} | DSR#{shadow} | state.t | {values}",
        "DS#{device  | DSR#{shadow} | state.t | brace",
        "DS#{device} | DSR#{shadow} | state..t | paths: attribute path state..t"})
    void optionsThatContradictEachOtherAreRefusedAtTheStart(String partitionKey, String sortKey, String path, String reason) {
        ValueSelection selection = selection("CHANGED", null);
        selection.setPartitionKey(partitionKey);
        selection.setSortKey(sortKey);
        selection.setPaths(path);
        String message = assertThrows(RuntimeException.class, selection::start).toString();
        assertTrue(message.contains("overheated") && message.contains(reason), message);
    }

    private static JsonNode value(Exchange exchange) throws Exception {
        JsonNode values = new ObjectMapper().readTree(exchange.getMessage().getBody(String.class)).get("values");
        assertEquals(1, values.size());
        return values.get(0);
    }

    private static ValueSelection selection(String condition, String operand) {
        ValueSelection selection = new ValueSelection();
        selection.setSelection("overheated");
        selection.setPartitionKey("DS#{device}");
        selection.setSortKey("DSR#{shadow}");
        selection.setPaths("state.*.value");
        selection.setCondition(Condition.valueOf(condition));
        selection.setValue(operand);
        return selection;
    }

    private static Exchange run(ValueSelection selection, ChangeEvent event) {
        selection.start();
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(event);
        selection.process(exchange);
        return exchange;
    }

    private static Map<String, AttributeValue> sensors(String value, String time) {
        return Map.of("state", AttributeValue.fromM(Map.of("t", AttributeValue.fromM(
                Map.of("value", AttributeValue.fromN(value), "at", AttributeValue.fromN(time))))));
    }

    private static ChangeEvent event(String name, String sortKey, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        Map<String, AttributeValue> keys = Map.of("pk", AttributeValue.fromS("DS#d-1"), "sk", AttributeValue.fromS(sortKey));
        StreamRecord.Builder change = StreamRecord.builder().keys(keys).sequenceNumber("111").sizeBytes(59L)
                .approximateCreationDateTime(Instant.parse("2026-11-20T10:15:30Z"));
        if (before != null) {
            change.oldImage(with(keys, before));
        }
        if (after != null) {
            change.newImage(with(keys, after));
        }
        return ChangeEvent.of(Record.builder().eventID("e-1").eventName(name).dynamodb(change.build()).build(), SOURCE);
    }

    private static Map<String, AttributeValue> with(Map<String, AttributeValue> keys, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> all = new HashMap<>(attributes);
        all.putAll(keys);
        return all;
    }
}
