package io.distributary.oversize;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import io.distributary.event.Sha256;

/**
 * Where a payload is in S3, and what it is. Made of the payload and its change alone, so that a retry writes the same
 * object and sends the same pointer.
 *
 * @param bucket      the bucket
 * @param key         the object's key
 * @param size        the payload's bytes
 * @param sha256      its SHA-256 in hex
 * @param contentType what it is
 */
record ClaimCheck(String bucket, String key, long size, String sha256, String contentType) {
    /** Raised when a reader of the pointer has to change. */
    static final int FORMAT_VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Of the payload's hash its key has enough to tell the payloads of one change from each other: two routes may send it in
     * two forms to one bucket.
     */
    private static final int HASH_IN_KEY = 16;

    /** @param event the change, or null where the message carries none */
    static ClaimCheck of(String bucket, String prefix, ChangeEvent event, byte[] payload, String contentType) {
        String sha256 = Sha256.hex(payload);
        StringBuilder key = new StringBuilder(prefix == null || prefix.isEmpty() ? "" : prefix + "/");
        if (event == null || event.eventId() == null) {
            key.append(sha256);
        } else {
            key.append(segment(event.source().tableName())).append('/').append(segment(event.eventId())).append('-')
                    .append(sha256, 0, HASH_IN_KEY);
        }
        return new ClaimCheck(bucket, key.toString(), payload.length, sha256, contentType);
    }

    /** The pointer, as docs/oversize.md describes it, as UTF-8 JSON. */
    byte[] pointer(ChangeEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeNumberField("format_version", FORMAT_VERSION);
            claim(out);
            if (event != null) {
                change(event, out);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @param fields what else it says: the text of a JSON object that is not empty */
    byte[] pointer(String fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeRaw(fields, 1, fields.length() - 2);
            out.writeRaw(',');
            out.flush();
            claim(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void claim(JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("claim_check");
        out.writeStringField("bucket", bucket);
        out.writeStringField("key", key);
        out.writeNumberField("size_bytes", size);
        out.writeStringField("sha256", sha256);
        out.writeStringField("content_type", contentType);
        out.writeEndObject();
    }

    /** The fields of the default envelope that are small. */
    private static void change(ChangeEvent event, JsonGenerator out) throws IOException {
        text(out, "event_id", event.eventId());
        out.writeStringField("event_name", event.eventName().name());
        out.writeStringField("table_name", event.source().tableName());
        text(out, "sequence_number", event.sequenceNumber());
        Instant created = event.approximateCreationDateTime();
        text(out, "approximate_creation_time", created == null ? null : created.toString());
        out.writeFieldName("keys");
        out.writeRawValue(EventFormat.keysToJson(event));
    }

    private static void text(JsonGenerator out, String field, String value) throws IOException {
        if (value != null) {
            out.writeStringField(field, value);
        }
    }

    /** Table names and event ids are safe as they are; what a test or another server names is made so. */
    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
