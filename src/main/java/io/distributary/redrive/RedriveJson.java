package io.distributary.redrive;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.distributary.deadletter.store.DeadLetterRecord;
import io.distributary.deadletter.store.RefusedEntry;

/** A redrive as JSON objects, one line each without its end; docs/commands/redrive.md describes the fields. */
public final class RedriveJson {
    private static final JsonFactory JSON = new JsonFactory();

    private RedriveJson() {
    }

    /** One dead letter. */
    public static String of(RedriveResult result, boolean dryRun) {
        return object(out -> {
            DeadLetterRecord letter = result.letter().letter();
            text(out, "outcome", result.outcome().word());
            text(out, "event_id", letter.eventId());
            text(out, "table_name", letter.tableName());
            text(out, "item_key", letter.itemKey());
            text(out, "target", letter.target());
            text(out, "route_id", letter.routeId());
            text(out, "reason", result.reason());
            text(out, "place", result.letter().place());
            out.writeBooleanField("dry_run", dryRun);
        });
    }

    /** Something that is no dead letter. */
    public static String of(RefusedEntry entry) {
        return object(out -> {
            text(out, "outcome", "unreadable");
            text(out, "reason", entry.reason());
            text(out, "place", entry.place());
        });
    }

    /** The end. */
    public static String of(RedriveSummary summary, long refused, boolean dryRun) {
        return object(out -> {
            out.writeNumberField("read", summary.read());
            for (RedriveOutcome outcome : RedriveOutcome.values()) {
                out.writeNumberField(outcome.word(), summary.count(outcome));
            }
            out.writeNumberField("left_out", summary.left());
            out.writeNumberField("unreadable", refused);
            out.writeNumberField("with_others", summary.withOthers());
            out.writeNumberField("seconds", summary.elapsed().toMillis() / 1e3);
            out.writeBooleanField("stopped", summary.stopped());
            out.writeBooleanField("dry_run", dryRun);
        });
    }

    private interface Fields {
        void write(JsonGenerator out) throws IOException;
    }

    private static String object(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot happen: memory does not fail", e);
        }
        return text.toString();
    }

    private static void text(JsonGenerator out, String name, String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }
}
