package io.distributary.deadletter;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;

/** The JSON text of a dead letter, one line. Its fields are described in docs/dead-letters.md. */
final class DeadLetterWriter {
    /** Raised when a field changes its meaning or goes; a new field does not raise it. */
    static final int FORMAT_VERSION = 1;

    /** Of an exception's message, where the whole dead letter is elsewhere: some hold the body of what was refused. */
    static final int MESSAGE_IN_POINTER = 2_000;

    private static final JsonFactory JSON = new JsonFactory();

    private DeadLetterWriter() {
    }

    /**
     * Works for every record, convertible or not.
     *
     * @param event         the change, or null where the exchange carried none
     * @param body          what the exchange carried when it carried no change; else ignored
     * @param correlationId id of the exchange that the source made for the record, as in the log
     */
    static String toJson(ChangeEvent event, String body, Failure failure, Throwable exception, String correlationId) {
        return toJson(event, body, failure, exception, correlationId, true);
    }

    /** The same without record and body, for where the whole is kept elsewhere; what it has to say is cut to a small size. */
    static String withoutRecord(ChangeEvent event, Failure failure, Throwable exception, String correlationId) {
        return toJson(event, null, failure, exception, correlationId, false);
    }

    private static String toJson(ChangeEvent event, String body, Failure failure, Throwable exception, String correlationId, boolean whole) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeNumberField("format_version", FORMAT_VERSION);
            if (event != null) {
                string(out, "event_id", event.eventId());
                string(out, "event_name", event.eventNameText());
                string(out, "table_name", event.source().tableName());
                string(out, "shard_id", event.source().shardId());
                string(out, "sequence_number", event.sequenceNumber());
                string(out, "item_key", event.itemKey());
                if (event.version() != null) {
                    out.writeNumberField("change_version", event.version());
                }
            }
            string(out, "target", failure.target());
            string(out, "endpoint", failure.endpoint());
            string(out, "route_id", failure.routeId());
            string(out, "correlation_id", correlationId);
            out.writeNumberField("attempts", failure.attempts());
            string(out, "first_failed_at", failure.first().toString());
            string(out, "last_failed_at", failure.last().toString());
            exception(out, exception, whole);
            if (whole) {
                content(out, event, body);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot happen: memory does not fail", e);
        }
        return text.toString();
    }

    private static void content(JsonGenerator out, ChangeEvent event, String body) throws IOException {
        if (event == null) {
            string(out, "body", body);
        } else {
            out.writeFieldName("record");
            EventFormat.writeRaw(event, out);
        }
    }

    private static void exception(JsonGenerator out, Throwable exception, boolean whole) throws IOException {
        if (exception == null) {
            return;
        }
        out.writeObjectFieldStart("exception");
        string(out, "class", exception.getClass().getName());
        string(out, "message", message(exception, whole));
        Throwable root = Causes.root(exception);
        if (root != exception) {
            out.writeObjectFieldStart("root_cause");
            string(out, "class", root.getClass().getName());
            string(out, "message", message(root, whole));
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static String message(Throwable exception, boolean whole) {
        String message = exception.getMessage();
        return whole || message == null || message.length() <= MESSAGE_IN_POINTER ? message
                : message.substring(0, MESSAGE_IN_POINTER) + "...";
    }

    private static void string(JsonGenerator out, String field, String value) throws IOException {
        if (value != null) {
            out.writeStringField(field, value);
        }
    }
}
