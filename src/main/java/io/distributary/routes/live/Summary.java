package io.distributary.routes.live;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a plan does to the routes, in a few words for the log. */
final class Summary {
    private Summary() {
    }

    static String of(Plan plan) {
        Set<String> removed = routes(plan.remove());
        Set<String> added = routes(plan.add());
        Set<String> changed = new TreeSet<>(removed);
        changed.retainAll(added);
        removed.removeAll(changed);
        added.removeAll(changed);
        String routes = Stream.of(part("changed", changed), part("added", added), part("removed", removed))
                .filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
        return routes.isEmpty() ? "none uses what has changed" : routes;
    }

    private static String part(String what, Set<String> routes) {
        return routes.isEmpty() ? "" : what + " " + String.join(" ", routes);
    }

    private static Set<String> routes(List<Definition> definitions) {
        return definitions.stream().filter(definition -> definition.kind().isRoute())
                .map(definition -> definition.names().isEmpty() ? definition.where() : String.join(" ", definition.names()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
