package io.distributary.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Collection;
import java.util.List;

/** A JSON schema of draft 4 (Camel's YAML DSL and OpenAPI 3.0 speak it) that says file and line of what it refuses. */
final class YamlSchema {
    private final JsonSchema schema;

    YamlSchema(JsonNode schema) {
        this.schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                .getSchema(schema, SchemaValidatorsConfig.builder().build());
    }

    /** What is wrong, a line each; empty if nothing is. */
    List<String> check(YamlFile file) {
        return check(file, file.root());
    }

    List<String> check(YamlFile file, JsonNode node) {
        return deepest(schema.validate(node)).stream().map(message -> describe(file, message)).distinct().sorted().toList();
    }

    /** A alternative that fails far inside says more than the many that fail at its door. */
    private static List<ValidationMessage> deepest(Collection<ValidationMessage> messages) {
        int depth = messages.stream().mapToInt(YamlSchema::depth).max().orElse(0);
        return messages.stream().filter(message -> depth(message) == depth).toList();
    }

    private static int depth(ValidationMessage message) {
        return message.getInstanceLocation().getNameCount() + (message.getProperty() == null ? 0 : 1);
    }

    private static String describe(YamlFile file, ValidationMessage message) {
        var node = message.getInstanceNode();
        var property = message.getProperty() == null ? null : node.get(message.getProperty());
        return file.at(property == null ? node : property) + ": " + message.getMessage();
    }
}
