package io.distributary.validate.kamelet;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.distributary.validate.yaml.Element;

/**
 * A kamelet, as its file says.
 *
 * @param root     the file's document
 * @param name     of {@code metadata.name}; the file's where there is none
 * @param required names of properties that whoever uses it has to give
 */
public record Kamelet(Element root, String name, Map<String, Property> properties, Set<String> required) {
    /** A parameter of a kamelet; {@code fallback} is null where it has no default. */
    public record Property(Element at, String type, String fallback, List<String> choices, boolean secret) {
        /** What is wrong with a value, or empty. */
        Optional<String> problem(String value) {
            String wanted = switch (type) {
                case "integer" -> value.matches("[+-]?\\d+") ? null : "a whole number";
                case "number" -> value.matches("[+-]?\\d+(\\.\\d+)?") ? null : "a number";
                case "boolean" -> value.matches("(?i)true|false") ? null : "true or false";
                default -> null;
            };
            if (wanted == null && !choices.isEmpty() && !choices.contains(value)) {
                wanted = "one of " + String.join(", ", choices);
            }
            return Optional.ofNullable(wanted)
                    .map(what -> (secret ? "of the wrong kind" : "'" + value + "'") + ", but must be " + what);
        }
    }

    /** @param fileName without folder */
    public static Kamelet of(Element root, String fileName) {
        Map<String, Property> properties = new LinkedHashMap<>();
        root.get("spec", "definition", "properties").ifPresent(all -> all.fields().forEach(field -> {
            Element property = field.value();
            properties.put(field.name(), new Property(field.key(), property.text("type").orElse("string"),
                    property.get("default").map(Element::text).orElse(null),
                    property.get("enum").map(choices -> choices.items().stream().map(Element::text).toList()).orElse(List.of()),
                    property.text("format").filter("password"::equals).isPresent()));
        }));
        Set<String> required = new LinkedHashSet<>();
        root.get("spec", "definition", "required").ifPresent(names -> names.items().forEach(name -> required.add(name.text())));
        return new Kamelet(root, root.text("metadata", "name").orElse(fileName.replaceFirst("\\.kamelet\\.yaml$", "")),
                properties, required);
    }

    /** source, action or sink; empty where its label does not say. */
    public String type() {
        return root.text("metadata", "labels", "camel.apache.org/kamelet.type").orElse("");
    }

    public Optional<Element> template() {
        return root.get("spec", "template");
    }

    /** The names that its template may use as placeholders: its properties, and its own beans. */
    public Set<String> localNames() {
        Set<String> names = new LinkedHashSet<>(properties.keySet());
        template().flatMap(template -> template.get("beans"))
                .ifPresent(beans -> beans.items().forEach(bean -> bean.text("name").ifPresent(names::add)));
        names.add("routeId");
        return names;
    }

    /** Where the template's route begins. */
    public Optional<Element> from() {
        return template().flatMap(template -> template.get("from").or(() -> template.get("route", "from")));
    }
}
