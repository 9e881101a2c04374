package io.distributary.ddbstream;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.event.BatchItemFailuresException;
import io.distributary.event.ChangeEventHeaders;

/**
 * Reads what a route reports of the records that failed. The JSON text is that of Lambda ("Reporting batch item failures");
 * as there, an empty report is a success, and one that cannot be read the failure of the whole batch.
 */
final class BatchReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BatchReport() {
    }

    /**
     * The failures that a report tells of, or null where it tells of none.
     *
     * @param report a collection of ids, a map from ids to reasons, Lambda's JSON text, or null
     * @throws IllegalArgumentException where it is none of these
     */
    static BatchItemFailuresException read(Object report) {
        Map<String, Throwable> failures = new LinkedHashMap<>();
        if (report instanceof Map<?, ?> reasons) {
            reasons.forEach((id, reason) -> failures.put(id(id), reason(reason)));
        } else if (report instanceof Collection<?> ids) {
            ids.forEach(id -> failures.put(id(id), null));
        } else if (report instanceof CharSequence text) {
            json(text.toString()).forEach(item -> failures.put(id(item.path("itemIdentifier").textValue()), null));
        } else if (report != null) {
            throw unreadable("is a " + report.getClass().getName());
        }
        return failures.isEmpty() ? null : new BatchItemFailuresException(failures);
    }

    private static JsonNode json(String text) {
        JsonNode items;
        try {
            items = JSON.readTree(text).path("batchItemFailures");
        } catch (IOException e) {
            throw unreadable("is a text that is no JSON");
        }
        if (!items.isArray() && !items.isNull()) {
            throw unreadable("is a text without a list batchItemFailures");
        }
        return items;
    }

    private static String id(Object id) {
        if (id instanceof CharSequence text && !text.isEmpty()) {
            return text.toString();
        }
        throw unreadable("holds " + (id == null ? "null" : "'" + id + "'") + " in place of a record's id");
    }

    private static Throwable reason(Object reason) {
        return reason == null || reason instanceof Throwable ? (Throwable) reason : new IllegalStateException(reason.toString());
    }

    private static IllegalArgumentException unreadable(String what) {
        return new IllegalArgumentException(ChangeEventHeaders.BATCH_ITEM_FAILURES + " " + what + ", but must be a collection of"
                + " event ids or sequence numbers, a map from them to the reasons, or {\"batchItemFailures\":"
                + "[{\"itemIdentifier\":\"...\"}]}");
    }
}
