package io.distributary.bench.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * A change as a target has it.
 *
 * @param change  which
 * @param eventId the id by which a repeat is known
 */
record Arrival(Change change, String eventId) {
    private static final JsonMapper JSON = new JsonMapper();

    /** @param envelope the message */
    static Arrival of(String envelope) {
        try {
            var json = JSON.readTree(envelope);
            var removed = json.at("/event_name").textValue().equals("REMOVE");
            var number = json.at(removed ? "/old_image/number" : "/new_image/number").intValue();
            return new Arrival(new Change(json.at("/keys/pk").textValue(), number, removed), json.at("/event_id").textValue());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + envelope, e);
        }
    }
}
