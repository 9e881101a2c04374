package io.distributary.validate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.distributary.validate.Placeholders;
import io.distributary.validate.endpoint.EndpointUse;
import io.distributary.validate.yaml.Element;
import io.distributary.validate.yaml.Element.Field;

/** Walks what is written below a route or any other part of a file. */
final class Steps {
    /** Their fields are a person's own names. */
    private static final Set<String> OPAQUE = Set.of("parameters", "properties", "constructors");
    private static final Set<String> ENDPOINTS = Set.of("to", "toD", "wireTap", "poll", "from");

    private Steps() {
    }

    /** Sees each field; {@code within} are the names around it, innermost first. */
    interface Visitor {
        void visit(Field field, List<String> within);
    }

    static void walk(Element element, Visitor visitor) {
        walk(element, List.of(), visitor);
    }

    private static void walk(Element element, List<String> within, Visitor visitor) {
        element.items().forEach(item -> walk(item, within, visitor));
        for (Field field : element.fields()) {
            visitor.visit(field, within);
            if (!OPAQUE.contains(field.name())) {
                List<String> inner = new ArrayList<>(within.size() + 1);
                inner.add(field.name());
                inner.addAll(within);
                walk(field.value(), inner, visitor);
            }
        }
    }

    /** Whether a field below fits. */
    static boolean any(Element element, Predicate<Field> wanted) {
        boolean[] found = new boolean[1];
        walk(element, (field, within) -> found[0] |= wanted.test(field));
        return found[0];
    }

    /**
     * The endpoints that are named below.
     *
     * @param local values of placeholders that only this place knows
     */
    static List<EndpointUse> endpoints(Element element, Placeholders placeholders, Map<String, String> local) {
        List<EndpointUse> uses = new ArrayList<>();
        walk(element, (field, within) -> {
            Element value = field.value();
            if (ENDPOINTS.contains(field.name())) {
                Element uri = value.isText() ? value : value.get("uri").filter(Element::isText).orElse(null);
                if (uri != null) {
                    uses.add(EndpointUse.of(uri, value.get("parameters").orElse(null), field.name().equals("from"),
                            field.name().equals("poll"), placeholders, local));
                }
            } else if (field.name().equals("deadLetterUri") && value.isText()) {
                uses.add(EndpointUse.of(value, null, false, false, placeholders, local));
            } else if (field.name().equals("kamelet")) {
                Element name = value.isText() ? value : value.get("name").filter(Element::isText).orElse(null);
                if (name != null) {
                    uses.add(EndpointUse.ofKamelet(name, value.get("parameters").orElse(null), placeholders, local));
                }
            } else if (field.name().equals("enrich") || field.name().equals("pollEnrich")) {
                constant(value).ifPresent(uri -> uses.add(EndpointUse.of(uri, null, false, field.name().equals("pollEnrich"),
                        placeholders, local)));
            }
        });
        return uses;
    }

    private static Optional<Element> constant(Element value) {
        return value.get("constant").or(() -> value.get("expression", "constant"))
                .flatMap(constant -> constant.isText() ? Optional.of(constant) : constant.get("expression"));
    }
}
