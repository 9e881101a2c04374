package io.distributary.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** A JSON schema of draft 4 (Camel's YAML DSL and OpenAPI 3.0 speak it) that says file and line of what it refuses. */
final class YamlSchema {
    private static final JsonMetaSchema DIALECT = JsonMetaSchema.builder(JsonMetaSchema.getV4())
            .keywords(Stream.of("deprecated", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-int-or-string",
                    "x-kubernetes-list-map-keys", "x-kubernetes-list-type", "x-kubernetes-map-type")
                    .map(NonValidationKeyword::new).toList())
            .build();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.builder()
            .metaSchema(DIALECT).defaultMetaSchemaIri(DIALECT.getIri()).build();

    private final JsonSchema schema;

    YamlSchema(JsonNode schema) {
        this.schema = FACTORY.getSchema(schema, SchemaValidatorsConfig.builder().build());
    }

    /** What is wrong, a line each; empty if nothing is. */
    List<String> check(YamlFile file) {
        return check(file, file.root());
    }

    List<String> check(YamlFile file, JsonNode node) {
        return deepest(schema.validate(node)).stream().map(message -> describe(file, message)).distinct().toList();
    }

    /** An alternative that fails far inside says more than the many that fail at its door. */
    private static List<ValidationMessage> deepest(Collection<ValidationMessage> messages) {
        return messages.stream().filter(outer -> messages.stream().noneMatch(inner -> isWithin(inner, outer))).toList();
    }

    private static boolean isWithin(ValidationMessage inner, ValidationMessage outer) {
        return path(inner).startsWith(path(outer) + "/");
    }

    private static String path(ValidationMessage message) {
        var location = message.getInstanceLocation().toString();
        return culprit(message) == message.getInstanceNode() ? location : location + "/" + message.getProperty();
    }

    private static String describe(YamlFile file, ValidationMessage message) {
        return file.at(culprit(message)) + ": " + message.getMessage();
    }

    /** The property that should not be there; else, and for a property that is missing, the object. */
    private static JsonNode culprit(ValidationMessage message) {
        var property = message.getProperty() == null ? null : message.getInstanceNode().get(message.getProperty());
        return property == null ? message.getInstanceNode() : property;
    }
}
