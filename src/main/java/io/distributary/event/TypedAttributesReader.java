package io.distributary.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads DynamoDB's own JSON, the counterpart of {@link TypedAttributes}; every method starts and ends on its value's
 * tokens.
 */
final class TypedAttributesReader {
    private TypedAttributesReader() {
    }

    static Map<String, AttributeValue> attributes(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(in, JsonToken.START_OBJECT, "attributes by name");
        var attributes = new LinkedHashMap<String, AttributeValue>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            try {
                attributes.put(name, value(in));
            } catch (BadValueException e) {
                throw e.under(name);
            }
        }
        return attributes;
    }

    private static AttributeValue value(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(in, JsonToken.START_OBJECT, "a typed value such as {\"S\": \"text\"}");
        var value = AttributeValue.builder();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String type = in.currentName();
            in.nextToken();
            switch (type) {
                case "S" -> value.s(text(in));
                case "N" -> value.n(text(in));
                case "B" -> value.b(binary(in));
                case "BOOL" -> value.bool(bool(in));
                case "NULL" -> value.nul(bool(in));
                case "M" -> value.m(attributes(in));
                case "L" -> value.l(list(in, TypedAttributesReader::value));
                case "SS" -> value.ss(list(in, TypedAttributesReader::text));
                case "NS" -> value.ns(list(in, TypedAttributesReader::text));
                case "BS" -> value.bs(list(in, TypedAttributesReader::binary));
                default -> throw new BadValueException("unknown attribute type " + BadValueException.quoted(type));
            }
        }
        return value.build();
    }

    private static <T> List<T> list(JsonParser in, Element<T> element) throws IOException {
        expect(in, JsonToken.START_ARRAY, "a list");
        var list = new ArrayList<T>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            try {
                list.add(element.read(in));
            } catch (BadValueException e) {
                throw e.under(list.size());
            }
        }
        return list;
    }

    private static String text(JsonParser in) throws IOException {
        expect(in, JsonToken.VALUE_STRING, "a string");
        return in.getText();
    }

    private static SdkBytes binary(JsonParser in) throws IOException {
        expect(in, JsonToken.VALUE_STRING, "base64");
        return SdkBytes.fromByteArrayUnsafe(in.getBinaryValue());
    }

    private static Boolean bool(JsonParser in) throws IOException {
        if (!in.currentToken().isBoolean()) {
            throw new BadValueException("true or false expected, found " + in.currentToken());
        }
        return in.getBooleanValue();
    }

    private static void expect(JsonParser in, JsonToken token, String what) {
        if (in.currentToken() != token) {
            throw new BadValueException(what + " expected, found " + in.currentToken());
        }
    }

    private interface Element<T> {
        T read(JsonParser in) throws IOException;
    }
}
