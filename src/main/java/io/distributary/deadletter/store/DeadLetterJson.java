package io.distributary.deadletter.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.distributary.deadletter.store.DeadLetterRecord.FailureReason;
import io.distributary.event.ChangeEvent;
import io.distributary.event.input.EventForm;
import io.distributary.event.input.EventInputException;
import io.distributary.event.input.EventReader;
import io.distributary.event.input.InputOptions;

/** Reads dead letters of docs/dead-letters.md. */
final class DeadLetterJson {
    private static final int FORMAT_VERSION = 1;
    private static final InputOptions FORM = new InputOptions(EventForm.DEAD_LETTER, null, null, null);
    /** An attribute's name may have 64 KB. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNameLength(1 << 20).build()).build();

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Map<String, String>> objects = new HashMap<>();

    private DeadLetterJson() {
    }

    /** @throws IllegalArgumentException where it is no dead letter that can be read; the message is one line without the place */
    static DeadLetterRecord read(String json) {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        return parse(utf8).letter(json, utf8);
    }

    /**
     * The claim check of a dead letter that is elsewhere, or null where it is here.
     *
     * @throws IllegalArgumentException where it is no dead letter; one line
     */
    static Map<String, String> claim(String json) {
        DeadLetterJson fields = parse(json.getBytes(StandardCharsets.UTF_8));
        Map<String, String> claim = fields.objects.get("/claim_check");
        if (claim != null) {
            fields.check();
        }
        return claim;
    }

    private static DeadLetterJson parse(byte[] utf8) {
        DeadLetterJson fields = new DeadLetterJson();
        try (JsonParser in = JSON.createParser(utf8)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a dead letter: a JSON object expected");
            }
            fields.object(in, "", fields.texts);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a dead letter: not correct JSON: " + firstLine(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a dead letter: " + e.getMessage(), e);
        }
        return fields;
    }

    private void object(JsonParser in, String path, Map<String, String> values) throws IOException {
        objects.put(path, values);
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            JsonToken token = in.nextToken();
            if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                values.put(name, in.getText());
            } else if (token == JsonToken.START_OBJECT && !name.equals("record")) {
                object(in, path + '/' + name, new HashMap<>());
            } else {
                if (token == JsonToken.START_OBJECT) {
                    objects.put("/record", Map.of());
                }
                in.skipChildren();
            }
        }
    }

    private void check() {
        String version = texts.get("format_version");
        if (version == null || !texts.containsKey("attempts")) {
            throw new IllegalArgumentException("not a dead letter: it has no " + (version == null ? "format_version" : "attempts"));
        }
        if (!version.equals(String.valueOf(FORMAT_VERSION))) {
            throw new IllegalArgumentException("a dead letter of format_version " + version + ", and this version reads " + FORMAT_VERSION);
        }
    }

    private DeadLetterRecord letter(String json, byte[] utf8) {
        check();
        boolean event = objects.containsKey("/record");
        if (!event && texts.containsKey("event_id")) {
            throw new IllegalArgumentException("not a dead letter: it is of a change and has no record");
        }
        return new DeadLetterRecord(texts.get("event_id"), texts.get("table_name"), texts.get("sequence_number"), texts.get("item_key"),
                number("change_version"), texts.get("target"), texts.get("endpoint"), texts.get("route_id"), texts.get("correlation_id"),
                number("attempts").intValue(), time("first_failed_at"), time("last_failed_at"), reason("/exception"),
                event ? event(utf8) : null, texts.get("body"), json);
    }

    private static ChangeEvent event(byte[] utf8) {
        try (EventReader reader = new EventReader(new ByteArrayInputStream(utf8), "dead letter", FORM, note -> { })) {
            return reader.next().event();
        } catch (EventInputException e) {
            throw new IllegalArgumentException("its record cannot be read: " + firstLine(e.reason()), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("its record cannot be read: " + e.getMessage(), e);
        }
    }

    private FailureReason reason(String path) {
        Map<String, String> fields = objects.get(path);
        return fields == null ? null : new FailureReason(fields.get("class"), fields.get("message"), reason(path + "/root_cause"));
    }

    private Long number(String name) {
        try {
            return texts.get(name) == null ? null : Long.valueOf(texts.get(name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a dead letter: " + name + ": a whole number expected", e);
        }
    }

    private Instant time(String name) {
        try {
            return texts.get(name) == null ? null : Instant.parse(texts.get(name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a dead letter: " + name + ": a time like 2026-01-31T12:00:00Z expected", e);
        }
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
