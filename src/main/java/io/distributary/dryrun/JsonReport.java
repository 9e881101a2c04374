package io.distributary.dryrun;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.distributary.event.ChangeEvent;
import io.distributary.event.input.InputEvent;
import io.distributary.preview.Draft;

/** Outcomes as JSON, one line each; docs/commands/dry-run.md describes the fields. */
public final class JsonReport {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonReport() {
    }

    /** One line without its end. */
    public static String of(Outcome outcome) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeNumberField("number", outcome.number());
            out.writeArrayFieldStart("records");
            for (InputEvent record : outcome.records()) {
                record(record, out);
            }
            out.writeEndArray();
            out.writeArrayFieldStart("steps");
            for (Step step : outcome.steps()) {
                step(step, out);
            }
            out.writeEndArray();
            out.writeBooleanField("done", outcome.failure() == null);
            text(out, "failure", outcome.failure());
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot happen: memory does not fail", e);
        }
        return text.toString();
    }

    private static void record(InputEvent record, JsonGenerator out) throws IOException {
        ChangeEvent event = record.event();
        out.writeStartObject();
        out.writeStringField("place", record.place());
        text(out, "event_id", event.eventId());
        text(out, "event_name", event.eventNameText());
        out.writeStringField("table_name", event.source().tableName());
        out.writeStringField("item_key", event.itemKey());
        out.writeEndObject();
    }

    private static void step(Step step, JsonGenerator out) throws IOException {
        out.writeStartObject();
        if (step instanceof Step.Decision decision) {
            out.writeStringField("step", decision.kind());
            text(out, "place", decision.place());
            text(out, "condition", decision.condition());
            out.writeStringField("outcome", decision.outcome());
        } else if (step instanceof Step.Failed failed) {
            out.writeStringField("step", "failed");
            text(out, "place", failed.place());
            out.writeStringField("reason", failed.reason());
        } else if (step instanceof Step.WouldSend send) {
            send(send, out);
        }
        out.writeEndObject();
    }

    private static void send(Step.WouldSend send, JsonGenerator out) throws IOException {
        Draft draft = send.draft();
        out.writeStringField("step", "would_send");
        out.writeStringField("target", draft.target());
        out.writeStringField("endpoint", send.endpoint());
        text(out, "via", send.via());
        text(out, "event_id", send.eventId());
        out.writeBooleanField("after_failure", send.afterFailure());
        values(out, "fields", draft.fields());
        values(out, "headers", draft.headers());
        if (draft.payload() != null) {
            out.writeNumberField("payload_bytes", draft.payload().length);
            payload(out, draft.payload());
        }
    }

    private static void values(JsonGenerator out, String field, Map<String, Object> values) throws IOException {
        out.writeObjectFieldStart(field);
        for (Map.Entry<String, Object> each : values.entrySet()) {
            out.writeFieldName(each.getKey());
            out.writeObject(each.getValue());
        }
        out.writeEndObject();
    }

    /** Text as text; what is no text, in base64. */
    private static void payload(JsonGenerator out, byte[] payload) throws IOException {
        try {
            out.writeStringField("payload", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString());
        } catch (CharacterCodingException e) {
            out.writeBinaryField("payload_base64", payload);
        }
    }

    private static void text(JsonGenerator out, String field, String value) throws IOException {
        if (value != null) {
            out.writeStringField(field, value);
        }
    }
}
