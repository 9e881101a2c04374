package io.distributary.event;

import java.time.Instant;
import java.util.Map;

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
    public void write(ChangeEvent event, JsonBytes out) {
        EventWriter.requireKeys(event);
        EventName name = event.eventName();
        boolean remove = name == EventName.REMOVE;
        out.startObject();
        if (remove && event.oldImage() == null) {
            image(event, out, "before", "keys", event.keys());
        } else {
            image(event, out, "before", "old_image", event.oldImage());
        }
        image(event, out, "after", "new_image", remove ? null : NewImageWriter.required(event));
        source(event, out);
        out.field("op", switch (name) {
            case INSERT -> "c";
            case MODIFY -> "u";
            case REMOVE -> "d";
            case SNAPSHOT -> "r";
        });
        time(event, out);
        out.endObject();
    }

    private static void source(ChangeEvent event, JsonBytes out) {
        StreamSource source = event.source();
        out.name("source");
        out.startObject();
        out.field("version", VERSION);
        out.field("connector", "distributary");
        out.field("name", "dynamodb");
        time(event, out);
        out.field("snapshot", event.eventName() == EventName.SNAPSHOT ? "true" : "false");
        out.field("db", "");
        out.field("table", source.tableName());
        out.field("stream_arn", source.streamArn());
        out.field("shard_id", source.shardId());
        out.field("sequence_number", EventWriter.required(event, "sequence_number", event.sequenceNumber()));
        out.field("event_id", EventWriter.required(event, "event_id", event.eventId()));
        out.field("ttl_delete", event.ttlDelete());
        if (event.oldImageDropped()) {
            out.field("old_image_dropped", true);
        }
        out.endObject();
    }

    private static void time(ChangeEvent event, JsonBytes out) {
        Instant created = event.approximateCreationDateTime();
        if (created != null) {
            out.field("ts_ms", created.toEpochMilli());
        }
    }

    private static void image(ChangeEvent event, JsonBytes out, String field, String root,
            Map<String, AttributeValue> image) {
        out.name(field);
        if (image == null) {
            out.nothing();
        } else {
            EventWriter.under(event, root, () -> NativeAttributes.INSTANCE.attributes(out, image));
        }
    }
}
