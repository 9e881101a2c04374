package io.distributary.event.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attributes guessed from plain JSON: text S, number N with its own digits, object M, array L. What plain JSON does not
 * tell apart stays so: a set was written as an array and becomes a list, a binary as base64 text and becomes S.
 */
final class NativeJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNameLength(1 << 20).build()).build();

    private NativeJson() {
    }

    /** Reads from behind the opening bracket of the one object. */
    interface Reading<T> {
        T read(JsonParser in) throws IOException;
    }

    static <T> T parse(byte[] json, Reading<T> reading) {
        try (JsonParser in = FACTORY.createParser(json)) {
            in.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            in.nextToken();
            return reading.read(in);
        } catch (JsonProcessingException e) {
            throw new JsonProblem(e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                    "not correct JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
        } catch (IOException e) {
            throw new JsonProblem(1, e.toString(), e);
        }
    }

    /** Null for null. */
    static Map<String, AttributeValue> attributes(byte[] json) {
        return json == null ? null : parse(json, NativeJson::object);
    }

    private static Map<String, AttributeValue> object(JsonParser in) throws IOException {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            attributes.put(name, value(in));
        }
        return attributes;
    }

    private static AttributeValue value(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_STRING -> AttributeValue.fromS(in.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> AttributeValue.fromN(in.getText());
            case VALUE_TRUE -> AttributeValue.fromBool(true);
            case VALUE_FALSE -> AttributeValue.fromBool(false);
            case VALUE_NULL -> AttributeValue.fromNul(true);
            case START_OBJECT -> AttributeValue.fromM(object(in));
            case START_ARRAY -> AttributeValue.fromL(array(in));
            default -> throw new IOException("unexpected " + in.currentToken());
        };
    }

    private static List<AttributeValue> array(JsonParser in) throws IOException {
        List<AttributeValue> values = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(in));
        }
        return values;
    }
}
