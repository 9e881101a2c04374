package io.distributary.deadletter.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

import io.distributary.oversize.ClaimedPayload;
import org.apache.camel.CamelContext;

/** Makes of what lies in a store a dead letter, with its record also where that is in S3, or says why it is none. */
final class LetterReader {
    private final CamelContext context;
    private final Consumer<RefusedEntry> refused;

    /** @param refused told of what is none */
    LetterReader(CamelContext context, Consumer<RefusedEntry> refused) {
        this.context = context;
        this.refused = refused;
    }

    /** Null where it is none. */
    StoredDeadLetter read(String text, String place, String id) {
        try {
            Map<String, String> claim = DeadLetterJson.claim(text);
            String whole = claim == null ? text : new String(ClaimedPayload.read(context, required(claim, "bucket"), required(claim, "key"),
                    required(claim, "sha256")), StandardCharsets.UTF_8);
            return new StoredDeadLetter(DeadLetterJson.read(whole), place, id);
        } catch (IllegalArgumentException e) {
            refused.accept(new RefusedEntry(place, e.getMessage()));
            return null;
        }
    }

    private static String required(Map<String, String> claim, String field) {
        String text = claim.get(field);
        if (text == null) {
            throw new IllegalArgumentException("not a dead letter: its claim_check has no " + field);
        }
        return text;
    }
}
