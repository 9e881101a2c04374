package io.distributary.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The default envelope: who changed what, with native images. A field that the record does not carry is absent. The basic form
 * says nothing that consumers cannot find out by themselves.
 */
final class EnvelopeWriter implements EventWriter {
    static final EnvelopeWriter INSTANCE = new EnvelopeWriter(false);
    static final EnvelopeWriter BASIC = new EnvelopeWriter(true);

    private final boolean basic;

    private EnvelopeWriter(boolean basic) {
        this.basic = basic;
    }

    @Override
    public void write(ChangeEvent event, JsonBytes out) {
        EventWriter.requireKeys(event);
        EventName name = event.eventName();
        out.startObject();
        out.field("event_id", EventWriter.required(event, "event_id", event.eventId()));
        out.field("event_name", name.name());
        out.field("table_name", event.source().tableName());
        out.field("sequence_number", EventWriter.required(event, "sequence_number", event.sequenceNumber()));
        Instant created = event.approximateCreationDateTime();
        if (created != null) {
            out.field("approximate_creation_time", Rfc3339.text(created));
        }
        attributes(event, out, "keys", event.keys());
        attributes(event, out, "new_image", event.newImage());
        attributes(event, out, "old_image", event.oldImage());
        List<String> changed = name == EventName.MODIFY && !basic ? event.changedAttributes() : null;
        if (changed != null) {
            out.name("changed");
            out.startArray();
            for (String attribute : changed) {
                out.string(attribute);
            }
            out.endArray();
        }
        if (event.oldImageDropped()) {
            out.field("old_image_dropped", true);
        }
        if (event.ttlDelete() && !basic) {
            out.field("ttl_delete", true);
        }
        out.endObject();
    }

    private static void attributes(ChangeEvent event, JsonBytes out, String field,
            Map<String, AttributeValue> attributes) {
        if (attributes != null) {
            out.name(field);
            EventWriter.under(event, field, () -> NativeAttributes.INSTANCE.attributes(out, attributes));
        }
    }
}
