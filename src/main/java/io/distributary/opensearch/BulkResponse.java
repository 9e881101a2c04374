package io.distributary.opensearch;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.distributary.coalesce.Outcome;
import io.distributary.opensearch.BulkAction.Verb;

/**
 * Reads what OpenSearch says of each action of a {@code _bulk} request. Takes of the answer what it needs and skips the rest,
 * so that other versions' fields do not matter.
 */
final class BulkResponse {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private BulkResponse() {
    }

    /**
     * The outcomes and how many actions were refused because the index has a newer document.
     *
     * @param outcomes   of the changes, in the order of the request
     * @param superseded that many documents were newer already
     */
    record Outcomes(List<Outcome> outcomes, int superseded) {
    }

    /** One action's result as it came. */
    record Item(int status, String error) {
    }

    /** @throws IOException where it is not the answer to these actions */
    static Outcomes read(InputStream body, List<BulkAction> actions) throws IOException {
        List<Item> items = items(body);
        int expected = actions.stream().mapToInt(action -> action.verbs().size()).sum();
        if (items.size() != expected) {
            throw new IOException("OpenSearch answered " + items.size() + " items to " + expected + " actions");
        }
        List<Outcome> outcomes = new ArrayList<>(actions.size());
        int superseded = 0;
        int at = 0;
        for (BulkAction action : actions) {
            Outcome outcome = Outcome.ACCEPTED;
            for (Verb verb : action.verbs()) {
                Item item = items.get(at++);
                superseded += item.status() == CONFLICT && verb != Verb.UPDATE ? 1 : 0;
                outcome = worse(outcome, outcome(verb, item));
            }
            outcomes.add(outcome);
        }
        return new Outcomes(outcomes, superseded);
    }

    /** What a status means for a change. */
    static Outcome outcome(Verb verb, Item item) {
        int status = item.status();
        boolean done = status / 100 == 2
                || status == CONFLICT && verb != Verb.UPDATE // newer already, or with create: there already
                || status == NOT_FOUND && verb == Verb.DELETE;
        if (done) {
            return Outcome.ACCEPTED;
        }
        return refused(status) ? new Outcome.Refused(item.error(), null) : new Outcome.Retryable(item.error(), null);
    }

    /** Whether the status says that what was sent is wrong; not missing rights, indexes or room, which may come. */
    static boolean refused(int status) {
        return status == 400 || status == 406 || status == 411 || status == 413 || status == 415 || status == 422;
    }

    /** The {@code error} of a whole request's answer as one line, or its beginning where it is none of OpenSearch's. */
    static String error(String body) {
        try (JsonParser json = JSON.createParser(body)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals("error")) {
                    return json.nextToken() == JsonToken.START_OBJECT ? describe(json) : json.getText();
                }
            }
        } catch (IOException notJson) {
            // a proxy's page: shown as it is
        }
        return body.length() > 200 ? body.substring(0, 200) + "..." : body;
    }

    private static Outcome worse(Outcome one, Outcome other) {
        return one instanceof Outcome.Refused || other instanceof Outcome.Accepted ? one : other;
    }

    private static List<Item> items(InputStream body) throws IOException {
        List<Item> items = new ArrayList<>();
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the answer to _bulk is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                if (json.nextToken() == JsonToken.START_ARRAY && field.equals("items")) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        json.nextToken(); // the action's name
                        json.nextToken();
                        items.add(item(json));
                        json.nextToken();
                    }
                } else {
                    json.skipChildren();
                }
            }
        }
        return items;
    }

    private static Item item(JsonParser json) throws IOException {
        int status = 0;
        String error = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("status")) {
                status = json.getIntValue();
            } else if (field.equals("error") && value == JsonToken.START_OBJECT) {
                error = describe(json);
            } else {
                json.skipChildren();
            }
        }
        if (status == 0) {
            throw new IOException("an item of the answer to _bulk has no status");
        }
        return new Item(status, status + (error == null ? "" : " " + error));
    }

    /** {@code type: reason; caused by type: reason}; at the object's start, leaves at its end. */
    private static String describe(JsonParser json) throws IOException {
        String type = null;
        String reason = null;
        String cause = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("type")) {
                type = json.getValueAsString();
            } else if (field.equals("reason")) {
                reason = json.getValueAsString();
            } else if (field.equals("caused_by") && value == JsonToken.START_OBJECT) {
                cause = describe(json);
            } else {
                json.skipChildren();
            }
        }
        return type + ": " + reason + (cause == null ? "" : "; caused by " + cause);
    }
}
