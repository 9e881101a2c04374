package io.distributary.validate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.distributary.validate.Placeholders;
import io.distributary.validate.Problems;
import io.distributary.validate.endpoint.EndpointUse;
import io.distributary.validate.yaml.Element;
import io.distributary.validate.yaml.Element.Field;
import org.apache.camel.support.PatternHelper;

/** What stands beside routes and lets a failed change count as delivered: error handlers, exception clauses, completions. */
final class ErrorHandling {
    private final List<RouteFile> files;
    private final Placeholders placeholders;
    private final Problems problems;

    ErrorHandling(List<RouteFile> files, Placeholders placeholders, Problems problems) {
        this.files = files;
        this.placeholders = placeholders;
        this.problems = problems;
    }

    /** Reports on what stands below, whichever routes it is for. */
    void check(Element element) {
        Steps.walk(element, (field, within) -> {
            switch (field.name()) {
                case "deadLetterChannel" -> deadLetterChannel(field);
                case "onException" -> onException(field);
                case "onCompletion" -> onCompletion(field);
                default -> { }
            }
        });
    }

    private void deadLetterChannel(Field field) {
        Element channel = field.value();
        if (!channel.isMap()) {
            return;
        }
        if (!StepLosses.isFalse(channel, "deadLetterHandleNewException")) {
            problems.warning(field.key().place(), "while the dead letters' own destination fails, Camel drops the change and it counts as"
                    + " delivered: set deadLetterHandleNewException: false");
        }
        Optional<Element> uri = channel.get("deadLetterUri").filter(Element::isText);
        if (uri.isEmpty()) {
            return;
        }
        EndpointUse use = EndpointUse.of(uri.get(), null, false, false, placeholders, Map.of());
        if (StepLosses.forgets(use.scheme())) {
            problems.warning(uri.get().place(), use.scheme() + " stores no dead letter: the change is gone. Use a kamelet such as"
                    + " distributary-dead-letter-sqs-sink");
        } else if (use.scheme().equals("aws2-sqs") || use.scheme().equals("aws2-sns")) {
            problems.note(uri.get().place(), "the dead letter is the message as it was being sent, without the error and the whole change;"
                    + " kamelet:distributary-dead-letter-sqs-sink keeps both");
        }
        channel.get("redeliveryPolicy", "maximumRedeliveries").filter(limit -> limit.text().equals("-1")).ifPresent(limit ->
                problems.warning(limit.place(), "maximumRedeliveries: -1 tries for ever, so that nothing ever becomes a dead letter, and"
                        + " every such change holds a place in the window"));
    }

    private void onException(Field field) {
        Element clause = field.value();
        if (!clause.isMap()) {
            return;
        }
        Optional<Element> continued = clause.get("continued").filter(value -> !isConstant(value, "false"));
        if (continued.isPresent()) {
            problems.warning(clause.field("continued").get().key().place(), "continued goes on as if the target had accepted the change:"
                    + " that target never gets it");
        }
        Optional<Element> handled = clause.get("handled").filter(value -> !isConstant(value, "false"));
        if (handled.isPresent() && !StepLosses.keeps(clause)) {
            problems.warning(clause.field("handled").get().key().place(), "handled without a step that stores the change: it counts as"
                    + " delivered, and no target has it. Send it to dead letters, or leave handled out");
        }
    }

    private void onCompletion(Field field) {
        if (field.value().isMap() && StepLosses.sends(field.value())) {
            problems.warning(field.key().place(), "onCompletion runs when the change has been acknowledged, or beside that: what it"
                    + " sends is not waited for. Send as a step of the route");
        }
    }

    private static boolean isConstant(Element value, String text) {
        return value.all().anyMatch(element -> element.text().equalsIgnoreCase(text));
    }

    /** Whether any error handler is in force for a route: its own, its configuration's, its file's or one for all. */
    boolean isHandled(RouteFile file, Route route) {
        if (has(route.at(), "errorHandler") || has(route.at(), "errorHandlerRef") || file.errorHandler().isPresent()) {
            return true;
        }
        Optional<String> named = route.at().text("routeConfigurationId").map(id -> placeholders.resolve(id, Map.of()));
        return configurations().stream().filter(one -> one.get("errorHandler").isPresent() || one.get("onException").isPresent())
                .anyMatch(one -> one.text("id").isEmpty() ? named.isEmpty()
                        : named.filter(pattern -> matches(one.text("id").get(), pattern)).isPresent());
    }

    private static boolean matches(String id, String patterns) {
        for (String pattern : patterns.split(",")) {
            if (PatternHelper.matchPattern(id, pattern.strip())) {
                return true;
            }
        }
        return false;
    }

    private List<Element> configurations() {
        List<Element> all = new ArrayList<>();
        files.forEach(file -> all.addAll(file.top("routeConfiguration")));
        return all;
    }

    private static boolean has(Element element, String field) {
        return element.get(field).isPresent();
    }
}
