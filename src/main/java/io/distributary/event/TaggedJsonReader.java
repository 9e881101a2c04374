package io.distributary.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Turns {@link EventFormat#TAGGED_JSON} back into the item it was made of, digit by digit. */
public final class TaggedJsonReader {
    private TaggedJsonReader() {
    }

    /**
     * The item.
     *
     * @throws EventReadException where it is not JSON, or not tagged JSON; it names the place
     */
    public static Map<String, AttributeValue> read(byte[] json) {
        return JsonDocument.read(json, "item", in -> {
            in.nextToken();
            Object item = raw(in);
            if (!(item instanceof Map<?, ?> attributes) || in.nextToken() != null) {
                throw new BadValueException("one JSON object expected");
            }
            return attributes(attributes);
        });
    }

    /** A number's own text. */
    private record Digits(String text) {
    }

    /** Whether an object is a tag shows only at its end, so values are first read as they stand. */
    private static Object raw(JsonParser in) throws IOException {
        JsonToken token = in.currentToken();
        if (token == null) {
            throw new BadValueException("one JSON object expected");
        }
        return switch (token) {
            case START_OBJECT -> {
                var map = new LinkedHashMap<String, Object>();
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    String name = in.currentName();
                    in.nextToken();
                    map.put(name, raw(in));
                }
                yield map;
            }
            case START_ARRAY -> {
                var list = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    list.add(raw(in));
                }
                yield list;
            }
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(in.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new BadValueException("unexpected " + token);
        };
    }

    private static Map<String, AttributeValue> attributes(Map<?, ?> raw) {
        var attributes = new LinkedHashMap<String, AttributeValue>();
        raw.forEach((name, value) -> {
            try {
                attributes.put((String) name, value(value));
            } catch (BadValueException e) {
                throw e.under((String) name);
            }
        });
        return attributes;
    }

    private static AttributeValue value(Object raw) {
        if (raw == null) {
            return AttributeValue.fromNul(true);
        } else if (raw instanceof String text) {
            return AttributeValue.fromS(text);
        } else if (raw instanceof Digits digits) {
            return AttributeValue.fromN(digits.text());
        } else if (raw instanceof Boolean bool) {
            return AttributeValue.fromBool(bool);
        } else if (raw instanceof List<?> list) {
            return AttributeValue.fromL(each(list, TaggedJsonReader::value));
        }
        Map<?, ?> map = (Map<?, ?>) raw;
        if (map.size() == 1) {
            var only = map.entrySet().iterator().next();
            String tag = (String) only.getKey();
            if (tag.startsWith("$")) {
                try {
                    return tagged(tag, only.getValue());
                } catch (BadValueException e) {
                    throw e.under(tag);
                }
            }
        }
        return AttributeValue.fromM(attributes(map));
    }

    private static AttributeValue tagged(String tag, Object raw) {
        return switch (tag) {
            case "$B" -> AttributeValue.fromB(binary(raw));
            case "$N" -> AttributeValue.fromN(as(String.class, raw, "a string"));
            case "$NULL" -> AttributeValue.fromNul(as(Boolean.class, raw, "true or false"));
            case "$M" -> AttributeValue.fromM(attributes(as(Map.class, raw, "an object")));
            case "$SS" -> AttributeValue.fromSs(each(list(raw), member -> as(String.class, member, "a string")));
            case "$NS" -> AttributeValue.fromNs(each(list(raw), TaggedJsonReader::number));
            case "$BS" -> AttributeValue.fromBs(each(list(raw), TaggedJsonReader::binary));
            default -> throw new BadValueException("unknown tag");
        };
    }

    private static String number(Object raw) {
        if (raw instanceof Digits digits) {
            return digits.text();
        }
        Map<?, ?> tag = as(Map.class, raw, "a number");
        if (tag.size() != 1 || !(tag.get("$N") instanceof String text)) {
            throw new BadValueException("a number expected");
        }
        return text;
    }

    private static SdkBytes binary(Object raw) {
        try {
            return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(as(String.class, raw, "base64")));
        } catch (IllegalArgumentException e) {
            throw new BadValueException("not base64: " + e.getMessage());
        }
    }

    private static List<?> list(Object raw) {
        return as(List.class, raw, "a list");
    }

    private static <T> List<T> each(List<?> raw, Function<Object, T> read) {
        var list = new ArrayList<T>();
        for (Object element : raw) {
            try {
                list.add(read.apply(element));
            } catch (BadValueException e) {
                throw e.under(list.size());
            }
        }
        return list;
    }

    private static <T> T as(Class<T> type, Object raw, String what) {
        if (!type.isInstance(raw)) {
            throw new BadValueException(what + " expected");
        }
        return type.cast(raw);
    }
}
