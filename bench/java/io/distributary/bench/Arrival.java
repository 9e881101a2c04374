package io.distributary.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One change as a target holds it.
 *
 * @param item    partition key
 * @param version the item's attribute of that name
 */
record Arrival(String item, int version) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Reads the default envelope. */
    static Arrival of(byte[] envelope) {
        try {
            var json = JSON.readTree(envelope);
            return new Arrival(json.at("/keys/pk").textValue(), json.at("/new_image/version").intValue());
        } catch (IOException e) {
            throw new UncheckedIOException("Not an envelope: " + new String(envelope, StandardCharsets.UTF_8), e);
        }
    }
}
