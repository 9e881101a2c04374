package io.distributary.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventConversionException;
import io.distributary.event.EventFormat;
import io.distributary.event.ItemKey;
import io.distributary.event.input.InputEvent;
import io.distributary.nats.ChangeSubject;

/**
 * A change in all of its forms, and all ids and keys made of it. What it cannot have is a text that begins with
 * {@value #NONE}.
 *
 * @param place   where it was read
 * @param ids     by name
 * @param headers as the source sets them
 * @param forms   by the data type's name, JSON
 */
public record Explanation(String place, Map<String, Object> ids, Map<String, Object> headers, Map<String, String> forms) {
    /** Begins the text of what the change cannot have; the reason follows. */
    public static final String NONE = "none: ";

    /**
     * @param subject NATS subject with placeholders
     * @throws IllegalArgumentException where the subject is none
     */
    public static Explanation of(InputEvent input, String subject) {
        ChangeEvent event = input.event();
        Map<String, Object> ids = new LinkedHashMap<>();
        put(ids, "event_id", event::eventId);
        put(ids, "event_name", event::eventNameText);
        put(ids, "table_name", () -> event.source().tableName());
        put(ids, "sequence_number", event::sequenceNumber);
        put(ids, "partition_key", event::partitionKey);
        put(ids, "sort_key", event::sortKey);
        put(ids, "item_key", event::requireItemKey);
        put(ids, "fifo_message_group_id", () -> ItemKey.messageGroupId(event.requireItemKey()));
        put(ids, "fifo_message_deduplication_id", event::eventId);
        ids.put("nats_subject", ChangeSubject.of(subject, event));
        put(ids, "nats_msg_id", event::eventId);
        put(ids, "opensearch_id", () -> ItemKey.documentId(event.requireItemKey()));
        put(ids, "opensearch_version", event::version);
        put(ids, "changed", () -> event.changedAttributes());
        put(ids, "ttl_delete", event::ttlDelete);
        put(ids, "dead_letter_target", input::target);

        Map<String, Object> headers = new TreeMap<>();
        event.writeHeaders(headers);
        Map<String, String> forms = new LinkedHashMap<>();
        for (EventFormat format : EventFormat.values()) {
            forms.put(format.dataType().replaceFirst(".*:", ""), json(format, event));
        }
        return new Explanation(input.place(), ids, headers, forms);
    }

    private static void put(Map<String, Object> ids, String name, Supplier<Object> id) {
        try {
            Object value = id.get();
            if (value != null) {
                ids.put(name, value);
            }
        } catch (EventConversionException | IllegalArgumentException e) {
            ids.put(name, NONE + e.getMessage());
        }
    }

    private static String json(EventFormat format, ChangeEvent event) {
        try {
            return format.toJson(event);
        } catch (EventConversionException e) {
            return NONE + e.getMessage();
        }
    }
}
