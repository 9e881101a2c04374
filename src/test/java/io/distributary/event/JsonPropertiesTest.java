package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What holds for every item that DynamoDB can hold. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class JsonPropertiesTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();

    @Provide
    Arbitrary<ChangeEvent> events() {
        return Items.events();
    }

    @Property(tries = 200)
    void dynamoDbJsonReadsBackAsTheSameRecord(@ForAll("events") ChangeEvent event) {
        var read = DynamoDbJsonReader.read(EventFormat.DYNAMODB_JSON.toBytes(event));

        assertEquals(1, read.size());
        assertEquals(Items.canonical(event.record()), Items.canonical(read.get(0).record()));
        assertEquals(event.source().streamArn(), read.get(0).eventSourceArn());
        assertEquals(event.itemKey(), read.get(0).toEvent().itemKey(), "key schema from the order of the keys");
        assertEquals("orders", read.get(0).toEvent().source().tableName());
    }

    @Property(tries = 200)
    void rawRecordOfAGoodEventIsItsDynamoDbJson(@ForAll("events") ChangeEvent event) {
        assertArrayEquals(EventFormat.DYNAMODB_JSON.toBytes(event), EventFormat.toRawBytes(event));
    }

    @Property(tries = 200)
    void taggedJsonReadsBackAsTheSameItem(@ForAll("events") ChangeEvent event) {
        if (event.newImage() == null) {
            assertThrows(EventConversionException.class, () -> EventFormat.TAGGED_JSON.toBytes(event));
            return;
        }
        var read = TaggedJsonReader.read(EventFormat.TAGGED_JSON.toBytes(event));

        assertEquals(Items.reordered(event.newImage(), null), Items.reordered(read, null));
    }

    @Property(tries = 200)
    void nativeJsonIsTheSdksDocumentJson(@ForAll("events") ChangeEvent event) throws IOException {
        if (event.newImage() == null) {
            assertThrows(EventConversionException.class, () -> EventFormat.NATIVE_JSON.toBytes(event));
            return;
        }
        assertSame(sdkJson(event.newImage()), MAPPER.readTree(EventFormat.NATIVE_JSON.toBytes(event)), "");
    }

    @Property(tries = 200)
    void envelopeIsValidJsonThatTellsTheWholeChange(@ForAll("events") ChangeEvent event) throws IOException {
        JsonNode json = MAPPER.readTree(EventFormat.CHANGE_EVENT.toBytes(event));

        assertEquals(event.eventId(), json.get("event_id").textValue());
        assertEquals(event.eventName().name(), json.get("event_name").textValue());
        assertEquals(event.sequenceNumber(), json.get("sequence_number").textValue());
        assertEquals(event.approximateCreationDateTime().toString(), json.get("approximate_creation_time").textValue());
        assertImage(event.keys(), json.get("keys"));
        assertImage(event.newImage(), json.get("new_image"));
        assertImage(event.oldImage(), json.get("old_image"));
        assertEquals(event.eventName() == EventName.MODIFY && event.newImage() != null && event.oldImage() != null, json.has("changed"));
        assertEquals(event.ttlDelete(), json.has("ttl_delete"));
    }

    @Property(tries = 150)
    void equalItemsGiveEqualBytesWhateverTheOrderOfMapsAndSets(@ForAll("events") ChangeEvent event, @ForAll long seed) {
        ChangeEvent other = Items.shuffled(event, new Random(seed));
        for (EventFormat format : EventFormat.values()) {
            boolean image = event.newImage() != null || format == EventFormat.DEBEZIUM_JSON && event.eventName() == EventName.REMOVE;
            if (image || format == EventFormat.CHANGE_EVENT || format == EventFormat.BASIC_EVENT
                    || format == EventFormat.DYNAMODB_JSON || format == EventFormat.CLOUDEVENTS) {
                assertArrayEquals(format.toBytes(event), format.toBytes(other), format.name());
            } else {
                assertEquals("new_image", assertThrows(EventConversionException.class, () -> format.toBytes(event)).path());
            }
        }
        assertEquals(event.changedAttributes(), other.changedAttributes());
    }

    @Property(tries = 200)
    void noAttributeHasChangedWhenOnlyTheOrderOfMapsAndSetsDiffers(@ForAll("events") ChangeEvent event, @ForAll long seed) {
        if (event.newImage() != null) {
            assertEquals(List.of(),
                    ChangedAttributes.between(event.newImage(), Items.reordered(event.newImage(), new Random(seed))));
        }
    }

    private static void assertImage(Map<String, AttributeValue> image, JsonNode json) throws IOException {
        assertEquals(image == null, json == null);
        if (image != null) {
            assertSame(sdkJson(image), json, "");
        }
    }

    /** As a nested map: at the top EnhancedDocument refuses blank attribute names, which DynamoDB holds. */
    private static JsonNode sdkJson(Map<String, AttributeValue> image) throws IOException {
        var item = AttributeValue.fromM(Items.reordered(image, null));
        return MAPPER.readTree(EnhancedDocument.fromAttributeValueMap(Map.of("item", item)).toJson()).get("item");
    }

    private static void assertSame(JsonNode expected, JsonNode actual, String path) {
        if (expected.isNumber()) {
            assertEquals(0, decimal(expected).compareTo(decimal(actual)), () -> path + ": " + expected + " and " + actual);
        } else if (expected.isContainerNode()) {
            assertEquals(expected.getNodeType(), actual.getNodeType(), path);
            assertEquals(expected.size(), actual.size(), path);
            expected.fields().forEachRemaining(field -> assertSame(field.getValue(), actual.get(field.getKey()), path + "/" + field.getKey()));
            for (int i = 0; expected.isArray() && i < expected.size(); i++) {
                assertSame(expected.get(i), actual.get(i), path + "/" + i);
            }
        } else {
            assertEquals(expected, actual, path);
        }
    }

    private static BigDecimal decimal(JsonNode number) {
        return new BigDecimal(number.asText());
    }
}
