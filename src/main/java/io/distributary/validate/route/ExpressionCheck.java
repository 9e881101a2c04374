package io.distributary.validate.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.distributary.diagnosis.Place;
import io.distributary.diagnosis.Suggestion;
import io.distributary.filter.EventPatternException;
import io.distributary.validate.Placeholders;
import io.distributary.validate.Problems;
import io.distributary.validate.endpoint.Catalog;
import io.distributary.validate.yaml.Element;
import io.distributary.validate.yaml.Element.Field;
import org.apache.camel.CamelContext;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.spi.Language;

/** Whether the languages of expressions are there, and whether they can read what is written in them. */
final class ExpressionCheck {
    /** Languages of the YAML DSL that need a jar of their own; the other names are those of fields, too. */
    private static final Set<String> SEPARATE = Set.of("datasonnet", "groovy", "hl7terser", "java", "joor", "jq", "js", "jsonpath",
            "mvel", "ognl", "python", "spel", "wasm", "xpath", "xquery", "xtokenize");
    /** Reading an expression in these runs none of it. */
    private static final Set<String> READABLE = Set.of("simple", "event-pattern", "jsonpath", "jq", "xpath");
    private static final Set<String> PREDICATES = Set.of("filter", "when", "onWhen", "validate", "handled", "continued", "retryWhile",
            "completionPredicate");

    private final CamelContext context;
    private final Catalog catalog;
    private final Placeholders placeholders;
    private final Problems problems;

    ExpressionCheck(CamelContext context, Catalog catalog, Placeholders placeholders, Problems problems) {
        this.context = context;
        this.catalog = catalog;
        this.placeholders = placeholders;
        this.problems = problems;
    }

    /** Reports on all expressions below. */
    void check(Element element, Map<String, String> local) {
        Steps.walk(element, (field, within) -> visit(field, within, local));
    }

    private void visit(Field field, List<String> within, Map<String, String> local) {
        String name = field.name();
        if (SEPARATE.contains(name) && !catalog.hasLanguage(name)) {
            absent(field.key().place(), name);
        } else if (name.equals("language") && field.value().isMap()) {
            Optional<Element> language = field.value().get("language").filter(Element::isText);
            if (language.isPresent() && language.get().text().indexOf('{') < 0) {
                if (catalog.hasLanguage(language.get().text())) {
                    field.value().get("expression").ifPresent(text -> read(language.get().text(), text, isPredicate(within), local));
                } else {
                    absent(language.get().place(), language.get().text());
                }
            }
        } else if (READABLE.contains(name) && catalog.hasLanguage(name)) {
            expression(field.value()).ifPresent(text -> read(name, text, isPredicate(within), local));
        } else if (name.equals("log") && !within.isEmpty()) {
            Element value = field.value();
            Optional.of(value).filter(Element::isText).or(() -> value.get("message"))
                    .ifPresent(text -> read("simple", text, false, local));
        } else if (name.equals("precondition") && field.value().isText()) {
            read("simple", field.value(), true, local);
        }
    }

    private static Optional<Element> expression(Element value) {
        return value.isText() ? Optional.of(value) : value.get("expression");
    }

    /** The expression may stand right in the EIP, or in a field named expression. */
    private static boolean isPredicate(List<String> within) {
        return within.stream().filter(name -> !name.equals("expression")).findFirst().filter(PREDICATES::contains).isPresent();
    }

    private void absent(Place place, String language) {
        problems.error(place, "there is no language " + language + " in this application"
                + (SEPARATE.contains(language) ? " (it takes camel-" + language + " on the class path): " : ": ")
                + Suggestion.of(language, catalog.languages()));
    }

    private void read(String language, Element text, boolean predicate, Map<String, String> local) {
        String resolved = placeholders.resolve(text.text(), local);
        if (!text.isText() || resolved.indexOf(Placeholders.UNKNOWN) >= 0 || resolved.startsWith("resource:")) {
            return;
        }
        try {
            Language reader = context.resolveLanguage(language);
            if (predicate) {
                reader.createPredicate(resolved);
            } else {
                reader.createExpression(resolved);
            }
        } catch (RuntimeException e) {
            problems.error(place(text, resolved, e), language + ": " + reason(e));
        }
    }

    private static Place place(Element text, String resolved, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EventPatternException pattern && resolved.equals(text.text())) {
                return text.place(pattern.line(), pattern.column());
            }
            if (cause instanceof SimpleIllegalSyntaxException syntax && syntax.getIndex() >= 0 && resolved.equals(text.text())) {
                return text.place(syntax.getIndex());
            }
        }
        return text.place();
    }

    /** The first line of the innermost reason: Camel shows the expression below it, with a mark. */
    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (root instanceof EventPatternException pattern) {
            return pattern.reason();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
    }
}
