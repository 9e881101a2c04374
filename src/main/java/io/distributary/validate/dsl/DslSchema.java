package io.distributary.validate.dsl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Camel's own schema of the YAML DSL, from the jar of the DSL. It uses little of JSON Schema, and this reads that little;
 * a library for all of it says of a mistyped EIP that none of forty alternatives matches.
 */
final class DslSchema {
    private static final String DEFINITION = "#/items/definitions/";

    private final JsonNode items;
    private final Map<JsonNode, Map<String, JsonNode>> fields = new IdentityHashMap<>();

    DslSchema() {
        try (InputStream in = getClass().getClassLoader().getResourceAsStream("schema/camelYamlDsl.json")) {
            items = new ObjectMapper().readTree(in).path("items");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of each entry of a route file's list. */
    JsonNode entry() {
        return items;
    }

    JsonNode definition(String name) {
        return items.path("definitions").path(name);
    }

    JsonNode resolve(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.startsWith(DEFINITION) ? resolve(definition(reference.substring(DEFINITION.length()))) : schema;
    }

    /** Whether a text can stand for the object. */
    boolean takesText(JsonNode schema) {
        for (JsonNode alternative : resolve(schema).path("oneOf")) {
            if (alternative.path("type").asText().equals("string")) {
                return true;
            }
        }
        return false;
    }

    /** The fields an object may have; an alternative's counts like any other. */
    Map<String, JsonNode> fields(JsonNode schema) {
        return fields.computeIfAbsent(schema, one -> {
            Map<String, JsonNode> collected = new TreeMap<>();
            collect(one, collected);
            return collected;
        });
    }

    private void collect(JsonNode schema, Map<String, JsonNode> fields) {
        schema.path("properties").properties().forEach(field -> fields.merge(field.getKey(), field.getValue(),
                (known, other) -> known.isEmpty() ? other : known));
        if (schema.has("$ref")) {
            collect(resolve(schema), fields);
        }
        for (String alternatives : new String[] {"oneOf", "anyOf"}) {
            schema.path(alternatives).forEach(alternative -> collect(alternative, fields));
        }
    }

    /** Whether it may have other fields than those. */
    boolean isOpen(JsonNode schema) {
        JsonNode object = object(schema);
        return !(object.has("additionalProperties") && !object.path("additionalProperties").asBoolean());
    }

    Set<String> required(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        resolve(schema).path("required").forEach(name -> names.add(name.asText()));
        object(schema).path("required").forEach(name -> names.add(name.asText()));
        return names;
    }

    /** The names of which it has to have one: the languages of an expression. Empty where it need not. */
    Set<String> oneRequired(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        for (JsonNode choice : object(schema).path("anyOf")) {
            for (JsonNode alternative : choice.path("oneOf")) {
                if (alternative.has("not")) {
                    return Collections.emptySet();
                }
                alternative.path("required").forEach(name -> names.add(name.asText()));
            }
        }
        return names;
    }

    /** The alternative with fields. */
    private JsonNode object(JsonNode schema) {
        JsonNode resolved = resolve(schema);
        for (JsonNode alternative : resolved.path("oneOf")) {
            if (alternative.has("properties")) {
                return alternative;
            }
        }
        return resolved;
    }

    boolean isObject(JsonNode schema) {
        JsonNode object = object(schema);
        return object.has("properties") || object.path("type").asText().equals("object");
    }

    boolean isSingle(JsonNode schema) {
        return resolve(schema).path("maxProperties").asInt() == 1;
    }
}
