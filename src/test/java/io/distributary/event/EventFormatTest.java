package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;

/** The forms byte by byte: consumers depend on them. */
class EventFormatTest {
    private static final String ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders";
    private static final String HEAD = "{\"event_id\":\"c4ca4238a0b923820dcc509a6f75849b\",\"event_name\":\"%s\",\"table_name\":\"orders\","
            + "\"sequence_number\":\"111\",\"approximate_creation_time\":\"2026-11-20T10:15:30Z\","
            + "\"keys\":{\"pk\":\"ORDER#1\",\"sk\":\"METADATA\"}";

    /** Every attribute type. */
    private static final Map<String, AttributeValue> ITEM = new TreeMap<>(Map.of(
            "s", Records.s("é\"😀"),
            "n", Records.n("12345678901234567890123456789012345678"),
            "b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {(byte) 0xfb, (byte) 0xff})),
            "bool", AttributeValue.fromBool(false),
            "nul", AttributeValue.fromNul(true),
            "m", AttributeValue.fromM(Map.of("$only", Records.n("1.50"))),
            "l", AttributeValue.fromL(List.of(Records.s(""), AttributeValue.fromL(List.of()), AttributeValue.fromM(Map.of()))),
            "ss", AttributeValue.fromSs(List.of("\ue000", "😀", "b", "a")),
            "ns", AttributeValue.fromNs(List.of("10", "9", "-1", "1E+2")),
            "bs", AttributeValue.fromBs(List.of(SdkBytes.fromByteArray(new byte[] {(byte) 0x80}), SdkBytes.fromByteArray(new byte[] {1})))));

    private static final String NATIVE = "{\"b\":\"+/8=\",\"bool\":false,\"bs\":[\"AQ==\",\"gA==\"],\"l\":[\"\",[],{}],\"m\":{\"$only\":1.50},"
            + "\"n\":12345678901234567890123456789012345678,\"ns\":[-1,9,10,1E+2],\"nul\":null,\"s\":\"é\\\"\\uD83D\\uDE00\","
            + "\"ss\":[\"a\",\"b\",\"\ue000\",\"\\uD83D\\uDE00\"]}";

    @Test
    void nativeJsonOfEveryType() {
        assertEquals(NATIVE, EventFormat.NATIVE_JSON.toJson(Records.insert(ITEM)));
    }

    @Test
    void taggedJsonTagsWhatNativeJsonWouldBlur() {
        assertEquals("{\"b\":{\"$B\":\"+/8=\"},\"bool\":false,\"bs\":{\"$BS\":[\"AQ==\",\"gA==\"]},\"l\":[\"\",[],{}],"
                        + "\"m\":{\"$M\":{\"$only\":1.50}},\"n\":12345678901234567890123456789012345678,\"ns\":{\"$NS\":[-1,9,10,1E+2]},"
                        + "\"nul\":null,\"s\":\"é\\\"\\uD83D\\uDE00\",\"ss\":{\"$SS\":[\"a\",\"b\",\"\ue000\",\"\\uD83D\\uDE00\"]}}",
                EventFormat.TAGGED_JSON.toJson(Records.insert(ITEM)));
    }

    @Test
    void taggedJsonKeepsNumbersThatJsonCannotWriteAndTheFalseNull() {
        Map<String, AttributeValue> item = Map.of("n", Records.n("+01"), "x", AttributeValue.fromNul(false),
                "ns", AttributeValue.fromNs(List.of("+2", "1")));
        var event = Records.insert(item);

        assertEquals("{\"n\":{\"$N\":\"+01\"},\"ns\":{\"$NS\":[1,{\"$N\":\"+2\"}]},\"x\":{\"$NULL\":false}}",
                EventFormat.TAGGED_JSON.toJson(event));
        assertEquals(Items.reordered(item, null), TaggedJsonReader.read(EventFormat.TAGGED_JSON.toBytes(event)));
        assertEquals("{\"n\":1,\"ns\":[1,2],\"x\":null}", EventFormat.NATIVE_JSON.toJson(event));
    }

    @Test
    void dynamoDbJsonIsLambdasRecord() {
        assertEquals("{\"eventID\":\"c4ca4238a0b923820dcc509a6f75849b\",\"eventName\":\"REMOVE\",\"eventVersion\":\"1.1\","
                        + "\"eventSource\":\"aws:dynamodb\",\"awsRegion\":\"eu-west-1\",\"eventSourceARN\":\"" + Items.SOURCE.streamArn() + "\","
                        + "\"dynamodb\":{\"ApproximateCreationDateTime\":1795169730,"
                        + "\"Keys\":{\"pk\":{\"S\":\"ORDER#1\"},\"sk\":{\"S\":\"METADATA\"}},"
                        + "\"OldImage\":{\"b\":{\"B\":\"+/8=\"},\"bool\":{\"BOOL\":false},\"bs\":{\"BS\":[\"AQ==\",\"gA==\"]},"
                        + "\"l\":{\"L\":[{\"S\":\"\"},{\"L\":[]},{\"M\":{}}]},\"m\":{\"M\":{\"$only\":{\"N\":\"1.50\"}}},"
                        + "\"n\":{\"N\":\"12345678901234567890123456789012345678\"},\"ns\":{\"NS\":[\"-1\",\"9\",\"10\",\"1E+2\"]},"
                        + "\"nul\":{\"NULL\":true},\"s\":{\"S\":\"é\\\"\\uD83D\\uDE00\"},"
                        + "\"ss\":{\"SS\":[\"a\",\"b\",\"\ue000\",\"\\uD83D\\uDE00\"]}},"
                        + "\"SequenceNumber\":\"111\",\"SizeBytes\":59,\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"},"
                        + "\"userIdentity\":{\"principalId\":\"dynamodb.amazonaws.com\",\"type\":\"Service\"}}",
                EventFormat.DYNAMODB_JSON.toJson(ttlDelete()));
    }

    @Test
    void envelopeOfAModifyNamesWhatChanged() {
        var event = Records.event("MODIFY", Records.change().oldImage(Map.of("a", Records.n("1"), "b", Records.s("x")))
                .newImage(Map.of("a", Records.n("2"), "b", Records.s("x"))));

        assertEquals(HEAD.formatted("MODIFY") + ",\"new_image\":{\"a\":2,\"b\":\"x\"},\"old_image\":{\"a\":1,\"b\":\"x\"},\"changed\":[\"a\"]}",
                EventFormat.CHANGE_EVENT.toJson(event));
    }

    @Test
    void envelopeOfATtlDeleteSaysSo() {
        assertEquals(HEAD.formatted("REMOVE") + ",\"old_image\":" + NATIVE + ",\"ttl_delete\":true}",
                EventFormat.CHANGE_EVENT.toJson(ttlDelete()));
    }

    @Test
    void basicEventHasTheEightFieldsOfTheEnvelopeAndNoOthers() {
        var modify = Records.event("MODIFY", Records.change().oldImage(Map.of("a", Records.n("1"))).newImage(Map.of("a", Records.n("2"))));

        assertEquals(HEAD.formatted("MODIFY") + ",\"new_image\":{\"a\":2},\"old_image\":{\"a\":1}}", EventFormat.BASIC_EVENT.toJson(modify));
        assertEquals(HEAD.formatted("REMOVE") + ",\"old_image\":" + NATIVE + "}", EventFormat.BASIC_EVENT.toJson(ttlDelete()));
    }

    @Test
    void envelopeHasNoFieldForAnAbsentImage() {
        assertEquals(HEAD.formatted("INSERT") + ",\"new_image\":{\"a\":1}}",
                EventFormat.CHANGE_EVENT.toJson(Records.insert(Map.of("a", Records.n("1")))));
        assertEquals(HEAD.formatted("MODIFY") + ",\"new_image\":{\"a\":1}}",
                EventFormat.CHANGE_EVENT.toJson(Records.event("MODIFY", Records.change().newImage(Map.of("a", Records.n("1"))))));
        assertEquals(HEAD.formatted("MODIFY") + "}", EventFormat.CHANGE_EVENT.toJson(keysOnly("MODIFY")));
    }

    @Test
    void envelopeNamesWhatChangedOnModifyOnly() {
        for (String name : List.of("INSERT", "REMOVE")) {
            var event = Records.event(name, Records.change().newImage(Map.of("a", Records.n("1"))).oldImage(Map.of()));

            assertEquals(HEAD.formatted(name) + ",\"new_image\":{\"a\":1},\"old_image\":{}}", EventFormat.CHANGE_EVENT.toJson(event));
        }
    }

    @Test
    void cloudEventCarriesTheEnvelope() {
        var event = Records.insert(Map.of("a", Records.n("1")));

        assertEquals("{\"specversion\":\"1.0\",\"id\":\"c4ca4238a0b923820dcc509a6f75849b\",\"source\":\"" + ARN + "\","
                        + "\"type\":\"aws.dynamodb.insert\",\"subject\":\"ORDER#1|METADATA\",\"time\":\"2026-11-20T10:15:30Z\","
                        + "\"datacontenttype\":\"application/json\",\"data\":" + EventFormat.CHANGE_EVENT.toJson(event) + "}",
                EventFormat.CLOUDEVENTS.toJson(event));
    }

    @Test
    void aSnapshotIsNamedInEachForm() {
        var event = Records.event("SNAPSHOT", Records.change().newImage(Map.of("a", Records.n("1"))));

        assertEquals(HEAD.formatted("SNAPSHOT") + ",\"new_image\":{\"a\":1}}", EventFormat.CHANGE_EVENT.toJson(event));
        assertEquals("aws.dynamodb.snapshot", EventFormat.CLOUDEVENTS.toJson(event).replaceFirst(".*\"type\":\"([^\"]*)\".*", "$1"));
        assertEquals("{\"before\":null,\"after\":{\"a\":1}" + SOURCE.formatted(false, "r").replace("\"snapshot\":\"false\"",
                "\"snapshot\":\"true\""), EventFormat.DEBEZIUM_JSON.toJson(event));
        assertEquals("{\"a\":1}", EventFormat.TAGGED_JSON.toJson(event));
        var read = DynamoDbJsonReader.read(EventFormat.DYNAMODB_JSON.toBytes(event)).get(0);
        assertEquals(event.record(), read.record());
    }

    private static final String SOURCE = ",\"source\":{\"version\":\"1\",\"connector\":\"distributary\",\"name\":\"dynamodb\","
            + "\"ts_ms\":1795169730000,\"snapshot\":\"false\",\"db\":\"\",\"table\":\"orders\",\"stream_arn\":\"" + Items.SOURCE.streamArn()
            + "\",\"shard_id\":\"shardId-1\",\"sequence_number\":\"111\",\"event_id\":\"c4ca4238a0b923820dcc509a6f75849b\","
            + "\"ttl_delete\":%s},\"op\":\"%s\",\"ts_ms\":1795169730000}";

    @Test
    void debeziumHasBeforeAfterAndOp() {
        var image = Map.of("a", Records.n("1"));

        assertEquals("{\"before\":null,\"after\":{\"a\":1}" + SOURCE.formatted(false, "c"), EventFormat.DEBEZIUM_JSON.toJson(Records.insert(image)));
        assertEquals("{\"before\":{\"a\":0},\"after\":{\"a\":1}" + SOURCE.formatted(false, "u"), EventFormat.DEBEZIUM_JSON.toJson(
                Records.event("MODIFY", Records.change().newImage(image).oldImage(Map.of("a", Records.n("0"))))));
        assertEquals("{\"before\":" + NATIVE + ",\"after\":null" + SOURCE.formatted(true, "d"), EventFormat.DEBEZIUM_JSON.toJson(ttlDelete()));
    }

    @Test
    void debeziumRemoveWithoutOldImageHasTheKeysBefore() {
        assertEquals("{\"before\":{\"pk\":\"ORDER#1\",\"sk\":\"METADATA\"},\"after\":null" + SOURCE.formatted(false, "d"),
                EventFormat.DEBEZIUM_JSON.toJson(keysOnly("REMOVE")));
    }

    @ParameterizedTest
    @EnumSource(names = {"NATIVE_JSON", "TAGGED_JSON", "DEBEZIUM_JSON"})
    void missingNewImageIsToldWithTheViewTypeThatItTakes(EventFormat format) {
        assertEquals("Cannot convert new_image of the record of table orders, sequence number 111: absent, as the stream's view type is "
                        + "KEYS_ONLY; it takes a stream with view type NEW_IMAGE or NEW_AND_OLD_IMAGES",
                assertThrows(EventConversionException.class, () -> format.toBytes(keysOnly("MODIFY"))).getMessage());
    }

    @ParameterizedTest
    @EnumSource(names = {"NATIVE_JSON", "TAGGED_JSON"})
    void removeHasNoNewImageUnderAnyViewType(EventFormat format) {
        assertEquals("Cannot convert new_image of the record of table orders, sequence number 111: a REMOVE has no new image; "
                        + "filter REMOVE out before, or use aws2-ddbstream:change-event",
                assertThrows(EventConversionException.class, () -> format.toBytes(ttlDelete())).getMessage());
    }

    @Test
    void idAndSequenceNumberAreIndispensable() {
        var noId = Records.event(Records.record("INSERT", Records.change().newImage(ITEM)).eventID(null));
        var noNumber = Records.event("INSERT", Records.change().newImage(ITEM).sequenceNumber(null));

        for (var format : List.of(EventFormat.CHANGE_EVENT, EventFormat.BASIC_EVENT, EventFormat.CLOUDEVENTS, EventFormat.DEBEZIUM_JSON)) {
            assertEquals("event_id", assertThrows(EventConversionException.class, () -> format.toBytes(noId)).path());
            assertEquals("sequence_number", assertThrows(EventConversionException.class, () -> format.toBytes(noNumber)).path());
        }
    }

    @Test
    void lastingBuffersDoNotLeakFromAFailedConversionIntoTheNext() {
        assertThrows(EventConversionException.class, () -> EventFormat.NATIVE_JSON.toBytes(Records.insert(Map.of("z", Records.n("x")))));

        assertEquals(NATIVE, EventFormat.NATIVE_JSON.toJson(Records.insert(ITEM)));
    }

    private static ChangeEvent keysOnly(String name) {
        return Records.event(name, Records.change().streamViewType("KEYS_ONLY"));
    }

    private static ChangeEvent ttlDelete() {
        return Records.event(Records.record("REMOVE", Records.change().oldImage(ITEM))
                .userIdentity(Identity.builder().type("Service").principalId("dynamodb.amazonaws.com").build()));
    }
}
