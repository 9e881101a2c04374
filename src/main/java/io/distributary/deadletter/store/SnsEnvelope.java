package io.distributary.deadletter.store;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** What SNS puts around a message for a queue that is subscribed without raw message delivery. */
final class SnsEnvelope {
    private static final JsonFactory JSON = new JsonFactory();

    private SnsEnvelope() {
    }

    /** The message inside; the text itself where SNS put nothing around it. */
    static String unwrap(String text) {
        String type = null;
        String message = null;
        try (JsonParser in = JSON.createParser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return text;
            }
            while (in.nextToken() == JsonToken.FIELD_NAME && (type == null || message == null)) {
                String name = in.currentName();
                JsonToken value = in.nextToken();
                if (value.isStructStart()) {
                    return text; // the envelope has none before these two
                }
                type = name.equals("Type") ? in.getText() : type;
                message = name.equals("Message") ? in.getText() : message;
            }
        } catch (IOException e) {
            return text; // whoever reads it says what is wrong with it
        }
        return "Notification".equals(type) && message != null ? message : text;
    }
}
