package io.distributary.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The conventions of Apache Camel's Kamelet catalog, as its own validator checks them (apache/camel-kamelets,
 * script/validator/validator.go of 2026-07, rule by rule); the provider is ours. Stricter than it: dependencies must be complete
 * for the schemes that the template names, secrets are known by their names, a default fits its property, and a parameter that
 * need not be given has one or is used as {@code {{?optional}}}.
 */
final class KameletConventions {
    private static final String PREFIX = "camel.apache.org/";
    private static final List<String> ANNOTATIONS = List.of("kamelet.icon", "provider", "kamelet.group",
            "kamelet.namespace", "kamelet.support.level", "catalog.version");
    private static final Pattern PARAMETER = Pattern.compile("\\{\\{(\\??)([A-Za-z0-9-._]+)(?:\\?nested=false)?(:[^}]*)?}}");
    private static final String CREDENTIALS = "urn:camel:group:credentials";
    private static final String DEPRECATED_DESCRIPTOR = "urn:alm:descriptor:com.tectonic.ui";
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|accessKey|privateKey).*");
    private static final Pattern DEPENDENCY = Pattern.compile(
            "camel:[a-z0-9-]+|mvn:[^:]+:[^:]+:[^:]+|github:apache/.+");
    /** Words of a title that stay small. */
    private static final Set<String> SMALL = Set.of("a", "an", "and", "as", "at", "by", "for", "from", "if", "in",
            "into", "is", "of", "on", "or", "per", "that", "the", "to", "when", "with", "without");

    private final YamlFile file;
    private final JsonNode definition;
    private final JsonNode template;
    private final List<String> errors = new ArrayList<>();

    private KameletConventions(YamlFile file) {
        this.file = file;
        this.definition = file.root().at("/spec/definition");
        this.template = file.root().at("/spec/template");
    }

    /** What is wrong, a line each. */
    static List<String> check(YamlFile file) {
        var kamelet = new KameletConventions(file);
        kamelet.checkName();
        kamelet.expect(kamelet.definition.isObject(), file.root(), "no spec.definition");
        kamelet.expect(kamelet.template.isObject(), file.root(), "no spec.template");
        kamelet.checkDefinition();
        kamelet.checkParameters();
        kamelet.checkTemplateEnds();
        kamelet.checkDependencies();
        return kamelet.errors;
    }

    /** What is wrong with kamelets beside each other, a line each. */
    static List<String> checkTogether(List<YamlFile> files) {
        var errors = new ArrayList<String>();
        for (var unique : List.of("title", "description")) {
            var seen = new HashMap<String, String>();
            for (var file : files) {
                var text = file.root().at("/spec/definition/" + unique);
                var other = seen.putIfAbsent(text.asText(), file.name());
                if (other != null) {
                    errors.add(file.at(text) + ": " + unique + " is that of " + other);
                }
            }
        }
        var versions = new HashSet<String>();
        for (var file : files) {
            var version = file.root().at("/metadata/annotations/camel.apache.org~1catalog.version");
            if (versions.add(version.asText()) && versions.size() > 1) {
                errors.add(file.at(version) + ": catalog.version " + version.asText() + " is not that of the others");
            }
        }
        return errors;
    }

    /** The template's route against Camel's schema of routes. */
    static List<String> checkTemplate(YamlFile file) {
        var errors = new ArrayList<String>();
        file.root().at("/spec/template").fields().forEachRemaining(part -> {
            // Camel accepts a list with one thing to an entry; the template is a map of them.
            var routes = new ObjectMapper().createArrayNode();
            routes.addObject().set(part.getKey(), part.getValue());
            errors.addAll(CamelYamlSchemas.CLASSIC.check(file, routes));
        });
        return errors;
    }

    private String type() {
        return file.string("/metadata/labels/camel.apache.org~1kamelet.type");
    }

    private void checkName() {
        var name = file.root().at("/metadata/name");
        var fileName = file.name().replaceFirst(".*/", "");
        expect(fileName.equals(name.asText() + ".kamelet.yaml"), name,
                name.asText() + " is not its file's name " + fileName);
        expect(List.of("source", "sink", "action").contains(type()), name, "kamelet.type is '" + type() + "'");
        expect(name.asText().endsWith("-" + type()), name, name.asText() + " does not end in -" + type());
        for (var annotation : ANNOTATIONS) {
            expect(!file.string("/metadata/annotations/" + (PREFIX + annotation).replace("/", "~1")).isBlank(), name,
                    "no annotation " + PREFIX + annotation);
        }
    }

    private void checkDefinition() {
        var title = definition.path("title").asText();
        var suffix = type().isEmpty() ? "" : Character.toUpperCase(type().charAt(0)) + type().substring(1);
        expect(title.endsWith(suffix), definition, "the title '" + title + "' does not end in " + suffix);
        expect(!definition.path("description").asText().isBlank(), definition, "no description");
        expect(definition.path("type").asText().equals("object"), definition, "the definition's type is not object");
        definition.path("properties").fields().forEachRemaining(p -> checkProperty(p.getKey(), p.getValue()));
        var required = texts(definition.path("required")).toList();
        for (var name : required) {
            expect(definition.path("properties").has(name), definition,
                    "required property " + name + " is not defined");
        }
        expect(required.stream().distinct().count() == required.size(), definition,
                "a required property is listed twice");
    }

    private void checkProperty(String name, JsonNode property) {
        for (var part : List.of("type", "title", "description")) {
            expect(!property.path(part).asText().isBlank(), property, name + " has no " + part);
        }
        var title = property.path("title").asText();
        expect(!title.matches("(The|A|An) .*"), property, "the title of " + name + " begins with an article");
        for (var word : title.split("[ /-]+")) {
            expect(word.isEmpty() || SMALL.contains(word) || !Character.isLowerCase(word.charAt(0)), property,
                    "the title of " + name + " has a small word: " + word);
        }
        var descriptors = texts(property.path("x-descriptors")).toList();
        var password = property.path("format").asText().equals("password");
        expect(!password || descriptors.contains(CREDENTIALS), property, name + " has no x-descriptor " + CREDENTIALS);
        expect(descriptors.stream().noneMatch(descriptor -> descriptor.startsWith(DEPRECATED_DESCRIPTOR)), property,
                name + " has a deprecated x-descriptor " + DEPRECATED_DESCRIPTOR + "...: use " + CREDENTIALS);
        expect(descriptors.stream().distinct().count() == descriptors.size(), property, name + " lists an x-descriptor twice");
        checkDefault(name, property);
        var secret = property.path("type").asText().equals("string") && SECRET.matcher(name).matches();
        expect(password || !secret, property, name + " looks like a secret and has no format: password");
    }

    private void checkDefault(String name, JsonNode property) {
        var value = property.path("default");
        var values = texts(property.path("enum")).toList();
        var fits = switch (property.path("type").asText()) {
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> value.isTextual() && (values.isEmpty() || values.contains(value.asText()));
        };
        expect(value.isMissingNode() || fits, property, "the default of " + name + " does not fit: " + value);
    }

    private void checkParameters() {
        var declared = new TreeSet<String>();
        definition.path("properties").fieldNames().forEachRemaining(declared::add);
        var used = new TreeSet<String>();
        var mandatory = new TreeSet<String>();
        values(template).flatMap(value -> PARAMETER.matcher(value.asText()).results()).forEach(parameter -> {
            used.add(parameter.group(2));
            if (parameter.group(1).isEmpty() && parameter.group(3) == null) {
                mandatory.add(parameter.group(2));
            }
        });
        var required = texts(definition.path("required")).toList();
        mandatory.stream().filter(declared::contains)
                .filter(name -> !required.contains(name) && !definition.path("properties").path(name).has("default"))
                .forEach(name -> expect(false, definition, "parameter " + name + " is neither required nor has a default; use it as {{?"
                        + name + "}}"));
        var known = new TreeSet<>(declared);
        template.path("beans").forEach(bean -> known.add(bean.path("name").asText()));
        used.stream().filter(name -> !known.contains(name))
                .forEach(name -> expect(false, template, "parameter " + name + " is not declared"));
        declared.stream().filter(name -> !used.contains(name))
                .forEach(name -> expect(false, definition, "parameter " + name + " is never used"));
    }

    private void checkTemplateEnds() {
        var uris = template.findValuesAsText("uri");
        if (type().equals("source")) {
            expect(uris.contains("kamelet:sink"), template, "a source must route to kamelet:sink");
        } else {
            expect(uris.contains("kamelet:source"), template, "a " + type() + " must consume from kamelet:source");
        }
    }

    private void checkDependencies() {
        var node = file.root().at("/spec/dependencies");
        var dependencies = texts(node).toList();
        for (var dependency : dependencies) {
            expect(DEPENDENCY.matcher(dependency).matches(), node, "dependency " + dependency
                    + " is none of camel:NAME, mvn:GROUP:ARTIFACT:VERSION, github:apache/...");
        }
        Stream.concat(Stream.of("kamelet"), template.findValuesAsText("uri").stream()
                .map(uri -> uri.replaceFirst(":.*", "")).filter(scheme -> scheme.matches("[a-z][a-z0-9-]*")))
                .map(scheme -> "camel:" + artifact(scheme)).distinct()
                .forEach(needed -> expect(dependencies.contains(needed), node, "dependency " + needed + " is missing"));
    }

    /** The artifact of a scheme, where it has another name. */
    private static String artifact(String scheme) {
        return scheme.equals("aws2-ddbstream") ? "aws2-ddb" : scheme;
    }

    private void expect(boolean holds, JsonNode where, String message) {
        if (!holds) {
            errors.add(file.at(where.isMissingNode() ? file.root() : where) + ": " + message);
        }
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    private static Stream<JsonNode> values(JsonNode node) {
        return node.isValueNode() ? Stream.of(node)
                : StreamSupport.stream(node.spliterator(), false).flatMap(KameletConventions::values);
    }
}
