package io.distributary.replay;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** A summary as one JSON object. */
public final class SummaryJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SummaryJson() {
    }

    /** One line without its end; docs/commands/replay.md describes the fields. */
    public static String of(Summary summary) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeNumberField("done", summary.done());
            out.writeNumberField("dead_letters", summary.deadLetters());
            out.writeNumberField("skip_next", summary.next());
            out.writeNumberField("seconds", summary.elapsed().toMillis() / 1e3);
            out.writeBooleanField("stopped", summary.stopped());
            if (summary.failure() != null) {
                out.writeStringField("failed_at", summary.failedAt());
                out.writeStringField("failure", summary.failure());
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot happen: memory does not fail", e);
        }
        return text.toString();
    }
}
