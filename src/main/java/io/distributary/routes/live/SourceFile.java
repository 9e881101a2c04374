package io.distributary.routes.live;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.distributary.routes.live.Definition.Kind;

/**
 * The text of a route or kamelet file and what it defines.
 *
 * @param scope places of the items that hold for all routes of the file: onException, errorHandler, interceptors
 */
record SourceFile(String file, String text, List<Definition> definitions, Set<Integer> scope) {
    /** The items to load to have this definition as the file means it. */
    Set<Integer> items(Definition definition) {
        Set<Integer> items = new HashSet<>(definition.kind().isRoute() ? scope : Set.of());
        items.add(definition.place());
        return definition.place() < 0 ? null : items;
    }

    Set<Integer> beans() {
        return definitions.stream().filter(definition -> definition.kind() == Kind.BEANS).map(Definition::place)
                .collect(Collectors.toSet());
    }

    Optional<Definition> find(Definition.Key key) {
        return definitions.stream().filter(definition -> definition.key().equals(key)).findFirst();
    }
}
