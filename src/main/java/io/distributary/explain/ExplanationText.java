package io.distributary.explain;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** An explanation as text for people, or as JSON. */
public final class ExplanationText {
    private static final JsonFactory JSON = new JsonFactory();

    private ExplanationText() {
    }

    /** Several lines, the last one ended. */
    public static String text(Explanation explanation) {
        StringBuilder text = new StringBuilder(explanation.place()).append('\n');
        section(text, "ids and keys", explanation.ids());
        section(text, "headers", explanation.headers());
        text.append("\nforms\n");
        explanation.forms().forEach((name, json) -> text.append("  ").append(name).append("\n    ").append(json).append('\n'));
        return text.toString();
    }

    private static void section(StringBuilder text, String title, Map<String, Object> values) {
        text.append('\n').append(title).append('\n');
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        values.forEach((name, value) -> text.append("  ").append(name).append(" ".repeat(width - name.length() + 2)).append(value)
                .append('\n'));
    }

    /** One line without its end; the forms are JSON values, and text where the change cannot have one. */
    public static String json(Explanation explanation) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("place", explanation.place());
            values(out, "ids", explanation.ids());
            values(out, "headers", explanation.headers());
            out.writeObjectFieldStart("forms");
            for (Map.Entry<String, String> form : explanation.forms().entrySet()) {
                out.writeFieldName(form.getKey());
                if (form.getValue().startsWith(Explanation.NONE)) {
                    out.writeString(form.getValue());
                } else {
                    out.writeRawValue(form.getValue());
                }
            }
            out.writeEndObject();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot happen: memory does not fail", e);
        }
        return text.toString();
    }

    private static void values(JsonGenerator out, String field, Map<String, Object> values) throws IOException {
        out.writeObjectFieldStart(field);
        for (Map.Entry<String, Object> each : values.entrySet()) {
            out.writeFieldName(each.getKey());
            Object value = each.getValue();
            if (value instanceof Number || value instanceof Boolean) {
                out.writeObject(value);
            } else if (value instanceof Iterable<?> list) {
                out.writeStartArray();
                for (Object element : list) {
                    out.writeString(String.valueOf(element));
                }
                out.writeEndArray();
            } else {
                out.writeString(String.valueOf(value));
            }
        }
        out.writeEndObject();
    }
}
