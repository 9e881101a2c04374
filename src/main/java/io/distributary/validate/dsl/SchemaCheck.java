package io.distributary.validate.dsl;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.distributary.diagnosis.Suggestion;
import io.distributary.validate.Problems;
import io.distributary.validate.yaml.Element;

/** Finds what the YAML DSL does not know: names, values that do not fit, what is missing. For all files of a validation. */
public final class SchemaCheck {
    private static final String PROCESSOR = "org.apache.camel.model.ProcessorDefinition";
    private static final String TEMPLATE = "org.apache.camel.model.RouteTemplateDefinition";
    /** EIPs that do nothing without an expression; the schema lets them be without. */
    private static final Set<String> NEEDS_EXPRESSION = Set.of("filter", "when", "split", "setBody", "setHeader", "setProperty",
            "setVariable", "recipientList", "routingSlip", "dynamicRouter", "validate", "enrich", "pollEnrich", "loop", "script",
            "idempotentConsumer", "delay", "transform", "onWhen");

    private final DslSchema schema = new DslSchema();
    private final Problems problems;

    public SchemaCheck(Problems problems) {
        this.problems = problems;
    }

    /** A route file: a list of routes, configurations, beans and so on. */
    public void checkRouteFile(Element root) {
        if (!root.isList()) {
            problems.error(root.place(), "a route file is a list, and this is " + root.kind()
                    + ": begin it with \"- route:\" or \"- routeConfiguration:\"");
            return;
        }
        root.items().forEach(entry -> check("an entry of a route file", entry, schema.entry()));
    }

    /** What a kamelet's template says. */
    public void checkTemplate(Element template) {
        JsonNode definition = schema.definition(TEMPLATE);
        Map<String, JsonNode> known = schema.fields(definition);
        for (Element.Field field : template.fields()) {
            if (known.containsKey(field.name())) {
                check(field.name(), field.value(), known.get(field.name()));
            } else {
                unknown(field, known.keySet());
            }
        }
    }

    private void check(String name, Element element, JsonNode schemaOfIt) {
        if (schemaOfIt.isEmpty()) {
            return;
        }
        if (schema.isObject(schemaOfIt)) {
            if (!(element.isText() && schema.takesText(schemaOfIt))) {
                checkObject(name, element, schemaOfIt);
            }
            return;
        }
        JsonNode resolved = schema.resolve(schemaOfIt);
        if (resolved.path("type").asText().equals("array")) {
            checkList(name, element, resolved.path("items"));
        } else if (element.isMap() || element.isList()) {
            problems.error(element.place(), name + " takes a text, not " + element.kind());
        } else if (element.isText()) {
            checkValue(name, element, resolved);
        }
    }

    private void checkList(String name, Element element, JsonNode items) {
        if (element.isEmpty()) {
            return;
        }
        if (!element.isList()) {
            problems.error(element.place(), name + " takes a list, not " + element.kind() + ": put \"- \" before each of them");
            return;
        }
        element.items().forEach(item -> check(name, item, items));
    }

    private void checkObject(String name, Element element, JsonNode object) {
        if (!element.isMap() && !element.isEmpty()) {
            problems.error(element.place(), name + " takes fields, not " + element.kind()
                    + (element.isText() ? fieldsOf(object) : ""));
            return;
        }
        Map<String, JsonNode> known = schema.fields(object);
        Set<String> seen = new HashSet<>();
        for (Element.Field field : element.fields()) {
            if (!seen.add(field.name())) {
                problems.error(field.key().place(), field.name() + " is there twice: the last one would win");
            }
            if (known.containsKey(field.name())) {
                check(field.name(), field.value(), known.get(field.name()));
            } else if (!schema.isOpen(object)) {
                unknown(field, known.keySet());
            }
        }
        if (schema.isSingle(object) && element.fields().size() > 1) {
            Element.Field second = element.fields().get(1);
            problems.error(second.key().place(), second.name() + " stands beside " + element.fields().get(0).name()
                    + " in one entry: begin it with \"- \", or indent it");
        }
        missing(name, element, object, known);
    }

    private String fieldsOf(JsonNode object) {
        Set<String> required = schema.required(object);
        return required.isEmpty() ? "" : ": write " + String.join(" and ", required) + " below it";
    }

    private void missing(String name, Element element, JsonNode object, Map<String, JsonNode> known) {
        for (String required : schema.required(object)) {
            if (element.field(required).isEmpty()) {
                problems.error(element.place(), name + " needs " + required);
            }
        }
        Set<String> choices = new TreeSet<>(schema.oneRequired(object));
        if (choices.isEmpty() && NEEDS_EXPRESSION.contains(name) && known.containsKey("simple")) {
            known.keySet().stream().filter(this::isLanguage).forEach(choices::add);
            choices.add("expression");
        }
        List<Element.Field> chosen = element.fields().stream().filter(field -> choices.contains(field.name())).toList();
        if (choices.contains("simple") && chosen.isEmpty() && element.fields().stream().allMatch(field -> known.containsKey(field.name()))) {
            problems.error(element.place(), name + " needs an expression, such as simple: \"${header.CamelAwsDdbStreamEventName}\"");
        } else if (chosen.size() > 1 && !chosen.get(0).name().equals(chosen.get(1).name())) {
            problems.error(chosen.get(1).key().place(), name + " has two expressions, " + chosen.get(0).name() + " and "
                    + chosen.get(1).name() + ": keep one");
        }
    }

    private boolean isLanguage(String name) {
        return schema.fields(schema.definition("org.apache.camel.model.language.ExpressionDefinition")).containsKey(name);
    }

    private void unknown(Element.Field field, Set<String> known) {
        Set<String> eips = schema.fields(schema.definition(PROCESSOR)).keySet();
        String message = eips.contains(field.name()) && !known.contains("to")
                ? field.name() + " is a step, and no step can stand here: put it into a list named steps, or indent it as its neighbours"
                : "unknown name " + field.name() + ": " + Suggestion.of(field.name(), known);
        problems.error(field.key().place(), message);
    }

    private void checkValue(String name, Element element, JsonNode type) {
        String text = element.text();
        if (text.contains("{{")) {
            return;
        }
        switch (type.path("type").asText()) {
            case "boolean" -> expect(text.matches("(?i)true|false"), element, name, "true or false");
            case "integer", "number" -> expect(text.matches("[+-]?\\d+(\\.\\d+)?"), element, name, "a number");
            default -> checkEnum(name, element, type.path("enum"));
        }
    }

    private void checkEnum(String name, Element element, JsonNode values) {
        Set<String> names = new TreeSet<>();
        values.forEach(value -> names.add(value.asText()));
        if (!names.isEmpty() && names.stream().noneMatch(value -> plain(value).equals(plain(element.text())))) {
            problems.error(element.place(), name + " is " + element.text() + ", but must be one of " + String.join(", ", names));
        }
    }

    /** Camel takes either case, and dashes or underscores. */
    private static String plain(String value) {
        return value.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private void expect(boolean fits, Element element, String name, String what) {
        if (!fits) {
            problems.error(element.place(), name + " is '" + element.text() + "', but must be " + what);
        }
    }
}
