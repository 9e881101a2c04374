package io.distributary.project;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.serialization.JsonNodeReader;
import com.networknt.schema.utils.JsonNodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * One YAML document whose nodes know their lines.
 *
 * @param name      what a message calls it: a path, or a path with the number of a block in it
 * @param firstLine the line of {@code name} at which {@code text} begins, from 1
 */
record YamlFile(String name, int firstLine, String text, JsonNode root) {
    private static final JsonNodeReader READER = JsonNodeReader.builder().locationAware().build();
    private static final ObjectMapper STRICT = new ObjectMapper(new YAMLFactory())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static YamlFile of(Path file) {
        return of(ProjectFiles.relative(file), 1, ProjectFiles.read(file));
    }

    static YamlFile of(String name, int firstLine, String text) {
        try {
            // The reader that keeps locations lets a repeated key and a second document pass.
            STRICT.readTree(text);
            return new YamlFile(name, firstLine, text, READER.readTree(text, InputFormat.YAML));
        } catch (JsonProcessingException e) {
            throw new AssertionError(at(name, firstLine, e.getLocation()) + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code file:line} of a node of this document. */
    String at(JsonNode node) {
        return at(name, firstLine, JsonNodes.tokenLocationOf(node));
    }

    private static String at(String name, int firstLine, JsonLocation location) {
        return location == null ? name : name + ":" + (firstLine - 1 + location.getLineNr());
    }

    String string(String pointer) {
        return root.at(pointer).asText();
    }
}
