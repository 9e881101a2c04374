package io.distributary.event;

import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Native JSON that can be turned back exactly. What native JSON would blur becomes an object with one field that names
 * the type:
 *
 * <pre>
 * B     {"$B": "AQID"}            SS  {"$SS": ["a", "b"]}
 * NS    {"$NS": [1, 2]}           BS  {"$BS": ["AQ==", "Ag=="]}
 * N     1.50, and {"$N": "+1"} where JSON does not allow the text
 * NULL  null, and {"$NULL": false} for the NULL that no service makes
 * M     {"a": 1}, and {"$M": {"$x": 1}} where the map's only name starts with $
 * </pre>
 *
 * A reader has to keep the digits of numbers as they stand; {@link TaggedJsonReader} does.
 */
final class TaggedAttributes extends AttributeWriter {
    static final TaggedAttributes INSTANCE = new TaggedAttributes();

    private TaggedAttributes() {
    }

    @Override
    void value(JsonBytes out, AttributeValue value, int depth) {
        switch (type(value)) {
            case N -> number(out, value.n());
            case B -> tagged(out, "$B", value, depth);
            case SS -> tagged(out, "$SS", value, depth);
            case BS -> tagged(out, "$BS", value, depth);
            case NS -> {
                out.startObject();
                out.name("$NS");
                out.startArray();
                for (String member : CanonicalOrder.numbers(value.ns())) {
                    number(out, member);
                }
                out.endArray();
                out.endObject();
            }
            case NUL -> {
                if (value.nul()) {
                    out.nothing();
                } else {
                    out.startObject();
                    out.field("$NULL", false);
                    out.endObject();
                }
            }
            case M -> {
                if (looksTagged(value.m())) {
                    out.startObject();
                    out.name("$M");
                    object(out, value.m(), deeper(depth));
                    out.endObject();
                } else {
                    object(out, value.m(), deeper(depth));
                }
            }
            case L -> array(out, value.l(), deeper(depth));
            default -> NativeAttributes.INSTANCE.value(out, value, depth);
        }
    }

    private static void tagged(JsonBytes out, String tag, AttributeValue value, int depth) {
        out.startObject();
        out.name(tag);
        NativeAttributes.INSTANCE.value(out, value, depth);
        out.endObject();
    }

    private static void number(JsonBytes out, String text) {
        switch (NumberText.of(text)) {
            case JSON -> out.number(text);
            case OTHER -> {
                out.startObject();
                out.field("$N", text);
                out.endObject();
            }
            case IMPOSSIBLE -> throw NumberText.impossible(text);
        }
    }

    private static boolean looksTagged(Map<String, AttributeValue> map) {
        return map.size() == 1 && map.keySet().iterator().next().startsWith("$");
    }
}
