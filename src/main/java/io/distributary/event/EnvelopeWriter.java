package io.distributary.event;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The default envelope: who changed what, with native images. A field that the record does not carry is absent. */
final class EnvelopeWriter implements EventWriter {
    static final EnvelopeWriter INSTANCE = new EnvelopeWriter();

    private EnvelopeWriter() {
    }

    @Override
    public void write(ChangeEvent event, JsonGenerator out) throws IOException {
        EventWriter.requireKeys(event);
        EventName name = event.eventName();
        out.writeStartObject();
        out.writeStringField("event_id", EventWriter.required(event, "event_id", event.eventId()));
        out.writeStringField("event_name", name.name());
        out.writeStringField("table_name", event.source().tableName());
        out.writeStringField("sequence_number", EventWriter.required(event, "sequence_number", event.sequenceNumber()));
        Instant created = event.approximateCreationDateTime();
        if (created != null) {
            out.writeStringField("approximate_creation_time", created.toString());
        }
        attributes(event, out, "keys", event.keys());
        attributes(event, out, "new_image", event.newImage());
        attributes(event, out, "old_image", event.oldImage());
        List<String> changed = name == EventName.MODIFY ? event.changedAttributes() : null;
        if (changed != null) {
            out.writeArrayFieldStart("changed");
            for (String attribute : changed) {
                out.writeString(attribute);
            }
            out.writeEndArray();
        }
        if (event.ttlDelete()) {
            out.writeBooleanField("ttl_delete", true);
        }
        out.writeEndObject();
    }

    private static void attributes(ChangeEvent event, JsonGenerator out, String field,
            Map<String, AttributeValue> attributes) throws IOException {
        if (attributes != null) {
            out.writeFieldName(field);
            EventWriter.under(event, field, () -> NativeAttributes.INSTANCE.attributes(out, attributes));
        }
    }
}
