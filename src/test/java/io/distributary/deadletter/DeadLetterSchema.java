package io.distributary.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;

/** The schema that is documented, as a check of what is written: strict, so that no field is written that it does not describe. */
public final class DeadLetterSchema {
    static final Path FILE = Path.of("docs/dead-letter.schema.json");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema STRICT = schema(true);
    private static final JsonSchema DOCUMENTED = schema(false);

    private DeadLetterSchema() {
    }

    /** Fails where the dead letter is not as documented. */
    public static void check(String letter) {
        assertEquals(List.of(), problems(node(letter), true), letter);
    }

    static List<String> problems(JsonNode letter, boolean strict) {
        return (strict ? STRICT : DOCUMENTED).validate(letter).stream().map(ValidationMessage::getMessage).toList();
    }

    static JsonNode node(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    static ObjectNode document() {
        try {
            return (ObjectNode) JSON.readTree(FILE.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonSchema schema(boolean strict) {
        ObjectNode document = document();
        if (strict) {
            close(document);
            close((ObjectNode) document.at("/$defs/record"));
        }
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(document);
    }

    /** Also the objects below. */
    private static void close(ObjectNode object) {
        object.put("additionalProperties", false);
        for (JsonNode property : object.get("properties")) {
            if (property.has("properties")) {
                close((ObjectNode) property);
            }
        }
    }
}
