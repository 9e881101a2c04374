package io.distributary.event.input;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The forms of events that can be read. */
public enum EventForm {
    /** What Lambda gets: {@code {"Records": [...]}}, or one such record; all of the change is there. */
    LAMBDA("lambda"),
    /** The envelope that our routes send: types are guessed from its plain JSON. */
    CHANGE_EVENT("change-event"),
    /** A CloudEvent around the envelope. */
    CLOUDEVENTS("cloudevents"),
    /** A dead letter, with the whole record in it. */
    DEAD_LETTER("dead-letter"),
    /** {@code {"Item": {...}}} or {@code {"Items": [...]}}, as table exports and scans have them: INSERTs. */
    ITEMS("items"),
    /** Items in our tagged JSON, one object each: INSERTs. Only when asked for: it looks like any JSON. */
    TAGGED_JSON("tagged-json");

    private final String text;

    EventForm(String text) {
        this.text = text;
    }

    /** As {@code --format} names it. */
    @Override
    public String toString() {
        return text;
    }

    /** All names, for messages. */
    static String names() {
        return Arrays.stream(values()).map(EventForm::toString).collect(Collectors.joining(", "));
    }

    /** By the names of a document's fields, or null. */
    static EventForm recognise(Set<String> fields) {
        if (fields.contains("Records") || fields.contains("dynamodb")) {
            return LAMBDA;
        }
        if (fields.contains("format_version") && (fields.contains("record") || fields.contains("claim_check") && fields.contains("attempts"))) {
            return DEAD_LETTER;
        }
        if (fields.contains("specversion") && fields.contains("data")) {
            return CLOUDEVENTS;
        }
        if (fields.contains("event_id") && fields.contains("event_name") && fields.contains("keys")) {
            return CHANGE_EVENT;
        }
        return fields.contains("Item") || fields.contains("Items") ? ITEMS : null;
    }
}
