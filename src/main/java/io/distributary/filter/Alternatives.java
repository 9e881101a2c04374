package io.distributary.filter;

import io.distributary.event.RecordFields;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.event.ruler.Patterns;

/** One compiled pattern. Immutable, thread-safe. */
final class Alternatives {
    private final RecordFields fields;
    private final List<Conjunction> conjunctions = new ArrayList<>();

    Alternatives(LiftedPattern pattern) {
        List<Map<String, List<Patterns>>> rules = pattern.rules();
        TreeSet<String> paths = new TreeSet<>();
        rules.forEach(rule -> paths.addAll(rule.keySet()));
        fields = RecordFields.at(paths);
        Map<List<Patterns>, Criterion> shared = new IdentityHashMap<>();
        for (Map<String, List<Patterns>> rule : rules) {
            List<Criterion> criteria = new ArrayList<>();
            new TreeMap<>(rule).forEach((path, patterns) -> criteria.add(shared.computeIfAbsent(patterns,
                    each -> new Criterion(fields.paths().indexOf(path), each, pattern))));
            conjunctions.add(new Conjunction(criteria));
        }
    }

    RecordFields fields() {
        return fields;
    }

    boolean matches(FoundValues found) {
        for (Conjunction conjunction : conjunctions) {
            if (conjunction.matches(found)) {
                return true;
            }
        }
        return false;
    }
}
