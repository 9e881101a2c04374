package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records that no DynamoDB makes, or none yet: a clear error with the place, and the raw record still in one piece. */
class ConversionErrorTest {
    private static final AttributeValue UNKNOWN = AttributeValue.builder().build();
    private static final AttributeValue BAD = Records.n("12,5");
    private static final String BAD_REASON = "N \"12,5\" is not a number that DynamoDB can hold";
    private static final String UNKNOWN_REASON = "an attribute type that this version does not know";

    static Stream<Arguments> badValues() {
        return Stream.of(
                Arguments.of(Map.of("a", BAD), ".a", BAD_REASON),
                Arguments.of(Map.of("a", AttributeValue.fromNs(List.of("1", "12,5"))), ".a", BAD_REASON),
                Arguments.of(Map.of("a", UNKNOWN), ".a", UNKNOWN_REASON),
                Arguments.of(Map.of("a", AttributeValue.fromM(Map.of("b", AttributeValue.fromL(
                        List.of(Records.s("x"), Records.s("y"), Records.s("z"), BAD))))), ".a.b[3]", BAD_REASON),
                Arguments.of(Map.of("a", AttributeValue.fromL(List.of(AttributeValue.fromL(List.of(UNKNOWN))))), ".a[0][0]", UNKNOWN_REASON),
                Arguments.of(Map.of("a", AttributeValue.builder().s("x").n("1").build()), ".a", "a value of more than one type"),
                Arguments.of(nullValue(), ".a", "no value"),
                Arguments.of(Map.of("a.b", AttributeValue.fromM(Map.of("", BAD))), "[\"a.b\"][\"\"]", BAD_REASON),
                Arguments.of(Map.of("\"\n😀", BAD), "[\"\\\"\\u000a\\ud83d\\ude00\"]", BAD_REASON),
                Arguments.of(Map.of("a", Records.n("9".repeat(1000))), ".a",
                        "N \"" + "9".repeat(50) + "...\" is not a number that DynamoDB can hold"),
                Arguments.of(Map.of("a", nested(101)), ".a" + "[0]".repeat(100), "nested deeper than 100 levels (DynamoDB itself holds 32)"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void errorNamesTablePathAndReason(Map<String, AttributeValue> image, String path, String reason) {
        var event = Records.insert(image);
        for (EventFormat format : EventFormat.values()) {
            boolean keepsTexts = format == EventFormat.DYNAMODB_JSON && reason.startsWith("N ");
            if (keepsTexts) {
                assertDoesNotThrow(() -> format.toBytes(event));
            } else {
                assertError(event, "new_image" + path, reason, () -> format.toBytes(event));
            }
        }
        assertError(event, "new_image" + path, reason, event::newImageAsMap);
    }

    @Test
    void errorTellsTheImages() {
        var old = Records.event("REMOVE", Records.change().oldImage(Map.of("a", BAD)));
        var keys = Records.event("REMOVE", Records.change().keys(Map.of("pk", BAD, "sk", Records.s("x"))));

        assertError(old, "old_image.a", BAD_REASON, () -> EventFormat.CHANGE_EVENT.toBytes(old));
        assertError(keys, "keys.pk", BAD_REASON, () -> EventFormat.CHANGE_EVENT.toBytes(keys));
    }

    @Test
    void nestingUpToTheBoundIsWritten() {
        for (EventFormat format : EventFormat.values()) {
            assertDoesNotThrow(() -> format.toBytes(Records.insert(Map.of("a", nested(100)))));
        }
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void rawRecordKeepsWhatNoOtherFormTakes(Map<String, AttributeValue> image, String path, String reason) {
        var event = Records.insert(image);

        var read = DynamoDbJsonReader.read(EventFormat.toRawBytes(event)).get(0).record();

        assertEquals(event.record().eventID(), read.eventID());
        if (reason.startsWith("a value of more")) {
            assertEquals(Map.of("a", UNKNOWN), read.dynamodb().newImage());
        } else {
            assertEquals(event.record(), read);
        }
    }

    @Test
    void loneSurrogateKeepsItsPlace() {
        var image = Map.of("a", Records.s("x\ud800y"));
        var json = EventFormat.NATIVE_JSON.toJson(Records.insert(image));

        assertEquals("{\"a\":\"x\\uD800y\"}", json);
        assertEquals(image, TaggedJsonReader.read(EventFormat.TAGGED_JSON.toBytes(Records.insert(image))));
    }

    private static void assertError(ChangeEvent event, String path, String reason, Executable conversion) {
        var thrown = assertThrows(EventConversionException.class, conversion);
        assertEquals(path, thrown.path());
        assertEquals(reason, thrown.reason());
        assertEquals("orders", thrown.tableName());
        assertEquals(event.sequenceNumber(), thrown.sequenceNumber());
        assertTrue(thrown.getMessage().startsWith("Cannot convert " + path + " of the record of table orders, sequence number 111: "),
                thrown.getMessage());
    }

    private static Map<String, AttributeValue> nullValue() {
        var map = new LinkedHashMap<String, AttributeValue>();
        map.put("a", null);
        return map;
    }

    private static AttributeValue nested(int levels) {
        var value = AttributeValue.fromL(new ArrayList<>());
        for (int i = 1; i < levels; i++) {
            value = AttributeValue.fromL(Collections.singletonList(value));
        }
        return value;
    }
}
