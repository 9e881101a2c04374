package io.distributary.values;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The JSON text that tells of selected values. A value that is not there is absent. */
final class SelectionMessage {
    /** Fields that names of keys cannot have. */
    static final Set<String> FIELDS = Set.of("event_id", "selection", "event_name", "table_name", "sequence_number",
            "approximate_creation_time", "keys", "values");

    private static final JsonFactory JSON = new JsonFactory();

    private SelectionMessage() {
    }

    /** @throws io.distributary.event.EventConversionException where a value cannot be written */
    static String toJson(ChangeEvent event, String selection, Selection.Selected selected) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("event_id", event.eventId());
            out.writeStringField("selection", selection);
            for (Map.Entry<String, String> name : selected.names().entrySet()) {
                out.writeStringField(name.getKey(), name.getValue());
            }
            out.writeStringField("event_name", event.eventName().name());
            out.writeStringField("table_name", event.source().tableName());
            out.writeStringField("sequence_number", event.sequenceNumber());
            if (event.approximateCreationDateTime() != null) {
                out.writeStringField("approximate_creation_time", event.approximateCreationDateTime().toString());
            }
            out.writeFieldName("keys");
            out.writeRawValue(EventFormat.keysToJson(event));
            out.writeArrayFieldStart("values");
            for (Selection.Value value : selected.values()) {
                out.writeStartObject();
                out.writeStringField("path", value.path());
                value(out, event, "old", "old_image", value.path(), value.before());
                value(out, event, "new", "new_image", value.path(), value.after());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot happen: memory does not fail", e);
        }
        return text.toString();
    }

    private static void value(JsonGenerator out, ChangeEvent event, String field, String image, String path, AttributeValue value)
            throws IOException {
        if (value != null) {
            out.writeFieldName(field);
            out.writeRawValue(EventFormat.valueToJson(event, image + '.' + path, value));
        }
    }
}
