package io.distributary.event.input;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.distributary.event.EventReadException;

/** The fields of one JSON object with their raw JSON, so that each is read by whom it concerns, with every digit. */
final class JsonFields {
    private record Value(JsonToken token, String text, byte[] json, int line) {
    }

    private final Map<String, Value> fields = new LinkedHashMap<>();

    private JsonFields() {
    }

    /** @throws EventReadException where it is no JSON object */
    static JsonFields of(byte[] json) {
        JsonFields result = new JsonFields();
        NativeJson.parse(json, in -> {
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String name = in.currentName();
                JsonToken token = in.nextToken();
                int line = in.currentTokenLocation().getLineNr();
                String text = token.isScalarValue() ? in.getText() : null;
                result.fields.put(name, new Value(token, text, raw(in, json), line));
            }
            return null;
        });
        return result;
    }

    private static byte[] raw(JsonParser in, byte[] json) throws IOException {
        if (!in.currentToken().isStructStart()) {
            return null;
        }
        int start = (int) in.currentTokenLocation().getByteOffset();
        in.skipChildren();
        return Arrays.copyOfRange(json, start, (int) in.currentLocation().getByteOffset());
    }

    Set<String> names() {
        return fields.keySet();
    }

    /** A scalar's text, or null where it is null or absent. */
    String text(String name) {
        Value value = fields.get(name);
        if (value == null || value.token() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value.text() == null) {
            throw new IllegalArgumentException(name + ": a text expected");
        }
        return value.text();
    }

    /** @throws IllegalArgumentException where it is absent or null */
    String required(String name) {
        String text = text(name);
        if (text == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text;
    }

    boolean isTrue(String name) {
        Value value = fields.get(name);
        return value != null && value.token() == JsonToken.VALUE_TRUE;
    }

    /** An object's raw JSON, or null where it is null or absent. */
    byte[] object(String name) {
        return structure(name, JsonToken.START_OBJECT, "an object");
    }

    /** An array's raw JSON, or null where it is null or absent. */
    byte[] array(String name) {
        return structure(name, JsonToken.START_ARRAY, "an array");
    }

    /** The line that the field's value begins in, from 1 on. */
    int line(String name) {
        return fields.get(name).line();
    }

    private byte[] structure(String name, JsonToken start, String what) {
        Value value = fields.get(name);
        if (value == null || value.token() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value.token() != start) {
            throw new IllegalArgumentException(name + ": " + what + " expected");
        }
        return value.json();
    }
}
