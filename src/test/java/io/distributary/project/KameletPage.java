package io.distributary.project;

import static io.distributary.project.GeneratedTables.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Collectors;

/** The page of documentation that a kamelet's file makes. */
final class KameletPage {
    private final JsonNode kamelet;
    private final JsonNode definition;

    KameletPage(YamlFile file) {
        kamelet = file.root();
        definition = kamelet.at("/spec/definition");
    }

    String name() {
        return kamelet.at("/metadata/name").asText();
    }

    String type() {
        return kamelet.at("/metadata/labels/camel.apache.org~1kamelet.type").asText();
    }

    /** What it does, in its first sentence. */
    String summary() {
        return line(definition.path("description").asText()).replaceFirst("(?<=[a-z0-9`])[.:] .*", ".");
    }

    String text() {
        return """
                # %s

                <!-- Made of kamelets/%s.kamelet.yaml: change that. -->

                `%s`, group %s.

                %s

                ```yaml
                %s```

                ## Properties

                %s%s
                ## Dependencies

                %s
                """.formatted(definition.path("title").asText(), name(), name(),
                kamelet.at("/metadata/annotations/camel.apache.org~1kamelet.group").asText(),
                definition.path("description").asText().strip(), example(), properties(), dataTypes(), dependencies());
    }

    private String properties() {
        var table = new StringBuilder(row("Property", "Type", "Default", "What it is")).append("|---|---|---|---|\n");
        for (var property : definition.path("properties").properties()) {
            var value = property.getValue();
            var required = isRequired(property.getKey());
            table.append(row("`" + property.getKey() + "`" + (required ? ", required" : ""), type(value),
                    value.has("default") ? "`" + value.path("default").asText() + "`" : "",
                    line(value.path("description").asText())
                            + (value.has("example") ? " Example: `" + value.path("example").asText() + "`" : "")));
        }
        return table.toString();
    }

    private static String type(JsonNode property) {
        if (property.has("enum")) {
            return property.path("enum").valueStream().map(value -> "`" + value.asText() + "`").collect(Collectors.joining(", "));
        }
        return property.path("format").asText().equals("password") ? "secret" : property.path("type").asText();
    }

    private String dataTypes() {
        var section = new StringBuilder();
        for (var direction : kamelet.at("/spec/dataTypes").properties()) {
            section.append("\n## ").append(direction.getKey().equals("in") ? "What goes in" : "What comes out").append("\n\n")
                    .append(row("Data type", "Media type", "What it is")).append("|---|---|---|\n");
            for (var type : direction.getValue().path("types").properties()) {
                var value = type.getValue();
                section.append(row("`" + value.path("format").asText() + "`", "`" + value.path("mediaType").asText() + "`",
                        line(value.path("description").asText())));
            }
            if (direction.getValue().has("headers")) {
                section.append('\n').append(row("Header", "Type", "What it is")).append("|---|---|---|\n");
                for (var header : direction.getValue().path("headers").properties()) {
                    section.append(row("`" + header.getKey() + "`", header.getValue().path("type").asText(),
                            line(header.getValue().path("description").asText())));
                }
            }
        }
        return section.toString();
    }

    private String dependencies() {
        return kamelet.at("/spec/dependencies").valueStream().map(dependency -> "`" + dependency.asText() + "`")
                .collect(Collectors.joining(", "));
    }

    /** A route with it, with what it requires. */
    private String example() {
        if (name().contains("dead-letter")) {
            return """
                    - routeConfiguration:
                        id: error-handling
                        errorHandler:
                          deadLetterChannel:
                            deadLetterUri: kamelet:%s?%s
                            deadLetterHandleNewException: false
                            onExceptionOccurredRef: "#class:io.distributary.deadletter.FailureTracker"
                    """.formatted(name(), required().entrySet().stream().map(each -> each.getKey() + "=" + each.getValue())
                    .collect(Collectors.joining("&")));
        }
        var step = "        - to:\n            uri: kamelet:" + name() + parameters("            ");
        var sink = "        - to:\n            uri: kamelet:distributary-sqs-sink\n            parameters:\n              queue: orders\n";
        var from = type().equals("source") ? "      uri: kamelet:" + name() + parameters("      ")
                : "      uri: aws2-ddbstream\n      parameters:\n        tableName: orders\n";
        return "- route:\n    id: orders\n    from:\n" + from + "      steps:\n"
                + switch (type()) {
                    case "source" -> sink;
                    case "action" -> step + sink;
                    default -> step;
                };
    }

    private String parameters(String indent) {
        return required().isEmpty() ? "\n" : "\n" + indent + "parameters:\n" + required().entrySet().stream()
                .map(each -> indent + "  " + each.getKey() + ": " + quoted(each.getValue()) + "\n").collect(Collectors.joining());
    }

    private static String quoted(String value) {
        return value.matches("[A-Za-z][A-Za-z0-9_-]*") ? value : "\"" + value.replace("\"", "\\\"") + "\"";
    }

    private Map<String, String> required() {
        return definition.path("properties").properties().stream().filter(property -> isRequired(property.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, property -> property.getValue().path("example").asText(), (a, b) -> a,
                        java.util.LinkedHashMap::new));
    }

    private boolean isRequired(String property) {
        return definition.path("required").valueStream().anyMatch(name -> name.asText().equals(property));
    }

    /** Without line breaks. */
    private static String line(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
