package io.distributary.bench.crash;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nats.client.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * One message that JetStream holds.
 *
 * @param generation which start of the application published it, from 1
 * @param eventId    the change's id
 * @param item       partition key
 * @param version    the item's counter
 * @param stored     when JetStream stored it
 */
record Arrival(int generation, String eventId, String item, int version, Instant stored) {
    private static final JsonMapper JSON = new JsonMapper();

    static Arrival of(Message message) {
        try {
            var json = JSON.readTree(message.getData());
            return new Arrival(Integer.parseInt(message.getHeaders().getFirst("generation")), json.at("/event_id").textValue(),
                    json.at("/keys/pk").textValue(), json.at("/new_image/version").intValue(),
                    message.metaData().timestamp().toInstant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
