package io.distributary.event;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Debezium's change event, the value without its schema. {@code ts_ms} is the creation time in both places: a replay
 * gives the same bytes. An absent old image is null; of a REMOVE without one, {@code before} holds the keys, as
 * Debezium does for a table that logs its keys only.
 */
final class DebeziumWriter implements EventWriter {
    static final DebeziumWriter INSTANCE = new DebeziumWriter();

    private static final String VERSION = "1";

    private DebeziumWriter() {
    }

    @Override
    public void write(ChangeEvent event, JsonGenerator out) throws IOException {
        EventWriter.requireKeys(event);
        EventName name = event.eventName();
        boolean remove = name == EventName.REMOVE;
        out.writeStartObject();
        if (remove && event.oldImage() == null) {
            image(event, out, "before", "keys", event.keys());
        } else {
            image(event, out, "before", "old_image", event.oldImage());
        }
        image(event, out, "after", "new_image", remove ? null : NewImageWriter.required(event));
        source(event, out);
        out.writeStringField("op", switch (name) {
            case INSERT -> "c";
            case MODIFY -> "u";
            case REMOVE -> "d";
        });
        time(event, out);
        out.writeEndObject();
    }

    private static void source(ChangeEvent event, JsonGenerator out) throws IOException {
        StreamSource source = event.source();
        out.writeObjectFieldStart("source");
        out.writeStringField("version", VERSION);
        out.writeStringField("connector", "distributary");
        out.writeStringField("name", "dynamodb");
        time(event, out);
        out.writeStringField("snapshot", "false");
        out.writeStringField("db", "");
        out.writeStringField("table", source.tableName());
        out.writeStringField("stream_arn", source.streamArn());
        out.writeStringField("shard_id", source.shardId());
        out.writeStringField("sequence_number", EventWriter.required(event, "sequence_number", event.sequenceNumber()));
        out.writeStringField("event_id", EventWriter.required(event, "event_id", event.eventId()));
        out.writeBooleanField("ttl_delete", event.ttlDelete());
        out.writeEndObject();
    }

    private static void time(ChangeEvent event, JsonGenerator out) throws IOException {
        Instant created = event.approximateCreationDateTime();
        if (created != null) {
            out.writeNumberField("ts_ms", created.toEpochMilli());
        }
    }

    private static void image(ChangeEvent event, JsonGenerator out, String field, String root,
            Map<String, AttributeValue> image) throws IOException {
        out.writeFieldName(field);
        if (image == null) {
            out.writeNull();
        } else {
            EventWriter.under(event, root, () -> NativeAttributes.INSTANCE.attributes(out, image));
        }
    }
}
