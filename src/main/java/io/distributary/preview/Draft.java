package io.distributary.preview;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One message, document or write as it would be sent. Immutable, but for the payload, which nobody changes.
 *
 * @param target  where it would go, as failures name it, without secrets: {@code aws2-sqs:orders}
 * @param fields  what identifies and places it there, under the target's own names: {@code Nats-Msg-Id}, {@code _id}
 * @param headers message attributes or headers that would go with it
 * @param payload the bytes, or null where there are none, as in a deletion
 */
public record Draft(String target, Map<String, Object> fields, Map<String, Object> headers, byte[] payload) {
    public Draft {
        fields = without(fields);
        headers = without(headers);
    }

    private static Map<String, Object> without(Map<String, Object> values) {
        Map<String, Object> present = new LinkedHashMap<>(values);
        present.values().removeIf(value -> value == null);
        return Collections.unmodifiableMap(present);
    }
}
