package io.distributary.validate.kamelet;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.distributary.diagnosis.Place;
import io.distributary.diagnosis.Suggestion;
import io.distributary.validate.Problems;
import io.distributary.validate.dsl.SchemaCheck;
import io.distributary.validate.yaml.Element;

/** Whether a kamelet's file says of it what Camel and the catalog of kamelets need. */
public final class KameletCheck {
    private static final Set<String> TYPES = Set.of("array", "boolean", "integer", "number", "object", "string");
    private static final Set<String> KINDS = Set.of("source", "action", "sink");

    private final SchemaCheck schema;
    private final Problems problems;

    public KameletCheck(SchemaCheck schema, Problems problems) {
        this.schema = schema;
        this.problems = problems;
    }

    /** @param fileName without folder */
    public void check(Kamelet kamelet, String fileName) {
        Element root = kamelet.root();
        Place start = root.place();
        root.field("kind").filter(kind -> !kind.value().text().equals("Kamelet"))
                .ifPresent(kind -> problems.error(kind.value().place(), "kind is " + kind.value().text() + ", but must be Kamelet"));
        name(kamelet, fileName, start);
        kamelet.properties().forEach((name, property) -> property(name, property));
        for (String name : kamelet.required()) {
            if (!kamelet.properties().containsKey(name)) {
                problems.error(root.get("spec", "definition", "required").map(Element::place).orElse(start),
                        "required names " + name + ", which is no property: " + Suggestion.of(name, kamelet.properties().keySet()));
            }
        }
        if (kamelet.template().isEmpty()) {
            problems.error(start, "the kamelet has no spec.template: Camel makes the route from it");
            return;
        }
        schema.checkTemplate(kamelet.template().get());
        ends(kamelet);
        unused(kamelet);
    }

    private void name(Kamelet kamelet, String fileName, Place start) {
        Place place = kamelet.root().get("metadata", "name").map(Element::place).orElse(start);
        if (!fileName.equals(kamelet.name() + ".kamelet.yaml")) {
            problems.error(place, "the name is " + kamelet.name() + " and the file " + fileName
                    + ": Camel looks for the kamelet in " + kamelet.name() + ".kamelet.yaml");
        }
        if (!kamelet.type().isEmpty() && !KINDS.contains(kamelet.type())) {
            problems.error(kamelet.root().get("metadata", "labels", "camel.apache.org/kamelet.type").map(Element::place).orElse(start),
                    "kamelet.type is " + kamelet.type() + ", but must be source, action or sink");
        } else if (!kamelet.type().isEmpty() && !kamelet.name().endsWith("-" + kamelet.type())) {
            problems.warning(place, "a " + kamelet.type() + " has a name that ends in -" + kamelet.type());
        }
    }

    private void property(String name, Kamelet.Property property) {
        if (!TYPES.contains(property.type())) {
            problems.error(property.at().place(), "the type of " + name + " is " + property.type() + ": "
                    + Suggestion.of(property.type(), TYPES));
        } else if (property.fallback() != null) {
            property.problem(property.fallback()).ifPresent(problem -> problems.error(property.at().place(),
                    "the default of " + name + " is " + problem));
        }
    }

    private void ends(Kamelet kamelet) {
        Element template = kamelet.template().get();
        Place from = kamelet.from().flatMap(element -> element.get("uri")).map(Element::place).orElse(template.place());
        boolean begins = kamelet.from().flatMap(element -> element.text("uri")).filter("kamelet:source"::equals).isPresent();
        boolean sends = template.all().anyMatch(element -> element.text().equals("kamelet:sink"));
        if (kamelet.type().equals("source") && !sends) {
            problems.error(from, "a source sends what it receives to kamelet:sink, and this one never does");
        } else if ((kamelet.type().equals("sink") || kamelet.type().equals("action")) && !begins) {
            problems.error(from, "a " + kamelet.type() + " begins with kamelet:source, where the route that uses it goes on");
        }
    }

    private void unused(Kamelet kamelet) {
        String text = kamelet.template().get().all().map(Element::text).collect(Collectors.joining("\n"));
        kamelet.properties().forEach((name, property) -> {
            if (!Pattern.compile("\\{\\{\\??" + Pattern.quote(name) + "[}:?]").matcher(text).find()) {
                problems.warning(property.at().place(), "the template does not use " + name + ": setting it has no effect");
            }
        });
    }
}
