package io.distributary.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Camel's own schema of the YAML DSL, out of the camel-yaml-dsl on the class path, and the canonical form of it.
 *
 * <p>Canonical, as Camel 4.21 defines it ({@code camelYamlDsl-canonical.json}, CAMEL-22987 and CAMEL-24745, not in this
 * version's jar): one way to write each thing, the one Kaoto writes. {@code route:} around every {@code from:}, no
 * string in the place of an EIP or a language, an {@code expression:} around every expression.
 */
final class CamelYamlSchemas {
    private static final String EXPRESSION = "#/items/definitions/org.apache.camel.model.language.ExpressionDefinition";

    static final YamlSchema CLASSIC = new YamlSchema(load());
    static final YamlSchema CANONICAL = new YamlSchema(canonical(load()));

    private CamelYamlSchemas() {
    }

    private static JsonNode load() {
        try (var schema = CamelYamlSchemas.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return new ObjectMapper().readTree(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode canonical(JsonNode schema) {
        var items = (ObjectNode) schema.get("items");
        ((ObjectNode) items.get("properties")).remove("from");
        var definitions = (ObjectNode) items.get("definitions");
        for (var name : definitions.properties().stream().map(Map.Entry::getKey).toList()) {
            var definition = withoutString((ObjectNode) definitions.get(name));
            requireExpression(definition);
            definitions.set(name, definition);
        }
        return schema;
    }

    private static ObjectNode withoutString(ObjectNode definition) {
        var oneOf = definition.path("oneOf");
        boolean shorthand = oneOf.size() == 2 && "string".equals(oneOf.get(0).path("type").asText())
                && "object".equals(oneOf.get(1).path("type").asText());
        return shorthand ? (ObjectNode) oneOf.get(1) : definition;
    }

    private static void requireExpression(ObjectNode definition) {
        if (!(definition.get("anyOf") instanceof ArrayNode alternatives)) {
            return;
        }
        for (int i = alternatives.size() - 1; i >= 0; i--) {
            var oneOf = alternatives.get(i).path("oneOf");
            if (EXPRESSION.equals(oneOf.path(0).path("$ref").asText())) {
                var properties = (ObjectNode) definition.get("properties");
                oneOf.path(1).at("/not/anyOf")
                        .forEach(implicit -> properties.remove(implicit.at("/required/0").asText()));
                properties.set("expression", oneOf.path(2).at("/properties/expression"));
                alternatives.remove(i);
            }
        }
        if (alternatives.isEmpty()) {
            definition.remove("anyOf");
        }
    }
}
