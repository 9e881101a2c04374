package io.distributary.event;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

/** What reading a document has around it: the parser, and failures that tell the place. */
final class JsonDocument {
    private JsonDocument() {
    }

    /** What is read of the parser's tokens, of which none has been taken yet. */
    @FunctionalInterface
    interface Content<T> {
        T of(JsonParser in) throws IOException;
    }

    /**
     * @param root what the path of a bad value begins with
     * @throws EventReadException where it is not JSON, or the content is not what it should be; it names line and column
     */
    static <T> T read(byte[] json, String root, Content<T> content) {
        try (JsonParser in = Json.FACTORY.createParser(json)) {
            try {
                return content.of(in);
            } catch (BadValueException e) {
                throw new EventReadException(in.currentLocation(), e.path(root) + ": " + e.getMessage(), e);
            } catch (JsonProcessingException e) {
                throw new EventReadException(in.currentLocation(), e.getOriginalMessage(), e);
            }
        } catch (IOException e) {
            throw new EventReadException(e.toString());
        }
    }
}
