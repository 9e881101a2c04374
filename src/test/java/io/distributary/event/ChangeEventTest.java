package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

class ChangeEventTest {
    private static final String HEADER = "CamelAwsDdbStream";

    @Test
    void headersTellAllThatRoutesDecideBy() {
        var expected = new HashMap<String, Object>();
        expected.put(HEADER + "EventSource", "aws:dynamodb");
        expected.put(HEADER + "EventId", "c4ca4238a0b923820dcc509a6f75849b");
        expected.put(HEADER + "EventName", "INSERT");
        expected.put(HEADER + "SequenceNumber", "111");
        expected.put(HEADER + "ApproximateCreationDateTime", Instant.parse("2026-11-20T10:15:30Z"));
        expected.put(HEADER + "SizeBytes", 59L);
        expected.put(HEADER + "TableName", "orders");
        expected.put(HEADER + "StreamArn", Items.SOURCE.streamArn());
        expected.put(HEADER + "ShardId", "shardId-1");
        expected.put(HEADER + "PartitionKey", "ORDER#1");
        expected.put(HEADER + "SortKey", "METADATA");
        expected.put(HEADER + "ItemKey", "ORDER#1|METADATA");
        expected.put(HEADER + "TtlDelete", false);

        assertEquals(expected, headers(Records.insert(Records.KEYS)));
    }

    @Test
    void unknownEventNameKeepsItsTextInTheHeaderAndFailsWhereConverted() {
        var event = Records.event("ARCHIVE", Records.change().newImage(Records.KEYS));

        assertEquals("ARCHIVE", headers(event).get(ChangeEventHeaders.EVENT_NAME));
        assertEquals("ORDER#1|METADATA", event.itemKey());
        var thrown = assertThrows(EventConversionException.class, () -> EventFormat.CHANGE_EVENT.toBytes(event));
        assertEquals("Cannot convert event_name of the record of table orders, sequence number 111: unknown kind of change \"ARCHIVE\"",
                thrown.getMessage());
    }

    static Stream<Arguments> keys() {
        var binary = AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {(byte) 0xfb, (byte) 0xff}));
        return Stream.of(
                Arguments.of("pk", null, Map.of("pk", Records.s("a|b")), "a\\|b"),
                Arguments.of("pk", "sk", Map.of("pk", Records.s("a|b"), "sk", Records.s("c")), "a\\|b|c"),
                Arguments.of("sk", "pk", Map.of("pk", Records.s("a"), "sk", Records.s("b")), "b|a"),
                Arguments.of("pk", "sk", Map.of("pk", Records.n("-1.5"), "sk", binary), "-1.5|+/8="),
                // no usable key: one text that no real key has, and no exception
                Arguments.of("pk", "sk", Map.of(), ItemKey.UNKNOWN),
                Arguments.of("pk", "sk", Map.of("pk", Records.s("a")), ItemKey.UNKNOWN),
                Arguments.of("pk", "sk", Map.of("sk", Records.s("a")), ItemKey.UNKNOWN),
                Arguments.of("pk", null, Map.of("pk", AttributeValue.fromBool(true)), ItemKey.UNKNOWN),
                Arguments.of("pk", null, Map.of("pk", AttributeValue.builder().build()), ItemKey.UNKNOWN),
                Arguments.of("pk", null, Map.of("pk", AttributeValue.builder().s("a").n("1").build()), ItemKey.UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void itemKeyIsTheJoinedCanonicalText(String partition, String sort, Map<String, AttributeValue> keys, String itemKey) {
        var source = new StreamSource("t", "arn", "shard", partition, sort);
        var event = ChangeEvent.of(Records.record("INSERT", Records.change().keys(keys)).build(), source);

        assertEquals(itemKey, event.itemKey());
        assertSame(event.itemKey(), event.itemKey(), "computed once");
        assertEquals(itemKey.equals(ItemKey.UNKNOWN) ? null : itemKey, headers(event).get(ChangeEventHeaders.ITEM_KEY));
        if (!itemKey.equals(ItemKey.UNKNOWN)) {
            assertEquals(itemKey, event.requireItemKey());
        } else {
            assertThrows(EventConversionException.class, event::requireItemKey);
            for (EventFormat format : EventFormat.values()) {
                if (format != EventFormat.DYNAMODB_JSON) {
                    var thrown = assertThrows(EventConversionException.class, () -> format.toBytes(event));
                    assertTrue(thrown.path().startsWith("keys."), thrown.getMessage());
                }
            }
        }
    }

    @Test
    void recordThatSaysNothingIsStillAnEvent() {
        for (var record : List.of(Record.builder().build(), Record.builder().dynamodb(StreamRecord.builder().build()).build())) {
            var event = ChangeEvent.of(record, Items.SOURCE);

            assertEquals(ItemKey.UNKNOWN, event.itemKey());
            assertNull(event.eventId());
            assertNull(event.sequenceNumber());
            assertNull(event.approximateCreationDateTime());
            assertNull(event.newImage());
            assertNull(event.oldImage());
            assertNull(event.partitionKey());
            assertNull(event.changedAttributes());
            assertEquals(0, event.sizeBytes());
            assertEquals(Map.of(), event.keys());
            assertThrows(EventConversionException.class, event::eventName);
            assertEquals(Map.of(ChangeEventHeaders.TABLE_NAME, "orders", ChangeEventHeaders.STREAM_ARN, Items.SOURCE.streamArn(),
                    ChangeEventHeaders.SHARD_ID, "shardId-1", ChangeEventHeaders.TTL_DELETE, false), headers(event));
            assertEquals(record, DynamoDbJsonReader.read(EventFormat.toRawBytes(event)).get(0).record());
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "Service, dynamodb.amazonaws.com, true",
            "Service, replication.dynamodb.amazonaws.com, false",
            "User, dynamodb.amazonaws.com, false",
            "-, dynamodb.amazonaws.com, false",
            "Service, -, false",
    })
    void ttlDeleteIsToldByTheUserIdentity(String type, String principal, boolean ttl) {
        var event = Records.event(Records.record("REMOVE", Records.change())
                .userIdentity(Identity.builder().type(type).principalId(principal).build()));

        assertEquals(ttl, event.ttlDelete());
        assertEquals(ttl, headers(event).get(ChangeEventHeaders.TTL_DELETE));
    }

    @Test
    void emptyImageIsNotAnAbsentOne() {
        assertEquals(Map.of(), Records.insert(Map.of()).newImage());
        assertNull(Records.insert(Map.of()).oldImage());
    }

    @Test
    void changedAttributesAreThoseThatDifferCameOrWent() {
        var set = AttributeValue.fromSs(List.of("a", "b"));
        var before = Map.of("same", Records.s("1"), "type", Records.s("1"), "gone", Records.s("1"), "number", Records.n("1"), "set", set,
                "deep", AttributeValue.fromM(Map.of("list", AttributeValue.fromL(List.of(set)))));
        var after = Map.of("same", Records.s("1"), "type", Records.n("1"), "new", Records.s("1"), "number", Records.n("2"),
                "set", AttributeValue.fromSs(List.of("b", "a")),
                "deep", AttributeValue.fromM(Map.of("list", AttributeValue.fromL(List.of(AttributeValue.fromSs(List.of("b", "a")))))));

        assertEquals(List.of("gone", "new", "number", "type"),
                Records.event("MODIFY", Records.change().oldImage(before).newImage(after)).changedAttributes());
    }

    @Test
    void changeDeepInsideCountsForItsTopLevelAttribute() {
        var before = Map.of("m", AttributeValue.fromM(Map.of("l", AttributeValue.fromL(List.of(Records.s("a"), Records.n("1"))))));
        var after = Map.of("m", AttributeValue.fromM(Map.of("l", AttributeValue.fromL(List.of(Records.s("a"), Records.n("2"))))));

        assertEquals(List.of("m"), ChangedAttributes.between(before, after));
        assertEquals(List.of(), ChangedAttributes.between(before, before));
    }

    @Test
    void newImageIsPlainJavaForRoutesThatLookIntoIt() {
        var map = Records.insert(Map.of("s", Records.s("x"), "n", Records.n("12345678901234567890.50"), "b",
                AttributeValue.fromB(SdkBytes.fromUtf8String("q")), "bool", AttributeValue.fromBool(true), "nul", AttributeValue.fromNul(true),
                "m", AttributeValue.fromM(Map.of("l", AttributeValue.fromL(List.of(Records.n("1"))))),
                "ns", AttributeValue.fromNs(List.of("10", "9")), "ss", AttributeValue.fromSs(List.of("b", "a")))).newImageAsMap();

        assertEquals("q", new String((byte[]) map.remove("b")));
        var expected = new HashMap<String, Object>(Map.of("s", "x", "n", new BigDecimal("12345678901234567890.50"), "bool", true,
                "m", Map.of("l", List.of(BigDecimal.ONE)), "ns", List.of(new BigDecimal("9"), BigDecimal.TEN), "ss", List.of("a", "b")));
        expected.put("nul", null);
        assertEquals(expected, map);
    }

    @Test
    void textForLogsNamesTheChangeButNotItsContents() {
        var text = Records.insert(Map.of("password", Records.s("secret"))).toString();

        assertEquals("INSERT of table orders, shard shardId-1, sequence number 111", text);
        assertFalse(text.contains("secret"));
    }

    @Test
    void tableArnIsTheStreamsWithoutItsLabel() {
        assertEquals("arn:aws:dynamodb:eu-west-1:123456789012:table/orders", Items.SOURCE.tableArn());
        assertNotEquals(Items.SOURCE.streamArn(), Items.SOURCE.tableArn());
        assertEquals("x", new StreamSource("t", "x", "s", "pk", null).tableArn());
    }

    static Map<String, Object> headers(ChangeEvent event) {
        var message = new DefaultMessage(new DefaultCamelContext());
        event.writeHeaders(message);
        return new HashMap<>(message.getHeaders());
    }
}
