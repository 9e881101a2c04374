package io.distributary.routes.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.distributary.routes.live.Definition.Key;

/** Decides what a change of files means for what runs: a pure function. */
final class Planner {
    private final Set<String> foreignRoutes;
    private final Uses uses;

    /**
     * @param foreignRoutes ids of routes that no file defines, such as Java routes
     * @param resolve       replaces the placeholders in a text by their properties
     */
    Planner(Set<String> foreignRoutes, UnaryOperator<String> resolve) {
        this.foreignRoutes = foreignRoutes;
        this.uses = new Uses(resolve);
    }

    /**
     * @param inForce the last good files, by name: they have no conflicts
     * @param disk    every file there is, and those whose deletion is refused
     */
    Plan plan(Map<String, SourceFile> inForce, Map<String, Candidate> disk) {
        Map<String, SourceFile> target = new TreeMap<>();
        Map<String, String> refused = new TreeMap<>();
        disk.forEach((file, candidate) -> {
            if (candidate.problem() == null) {
                target.put(file, candidate.good());
            } else {
                refuse(file, candidate.problem(), inForce, target, refused);
            }
        });
        Conflicts conflicts = new Conflicts(foreignRoutes, uses);
        // Each round refuses a file or more, and a refused one is as it was: it ends.
        while (true) {
            Map<String, String> more = conflicts.find(inForce, target);
            more.keySet().removeAll(refused.keySet());
            if (more.isEmpty()) {
                return difference(inForce, target, refused);
            }
            more.forEach((file, problem) -> refuse(file, problem, inForce, target, refused));
        }
    }

    private static void refuse(String file, String problem, Map<String, SourceFile> inForce, Map<String, SourceFile> target,
            Map<String, String> refused) {
        refused.put(file, problem);
        if (inForce.containsKey(file)) {
            target.put(file, inForce.get(file));
        } else {
            target.remove(file);
        }
    }

    private Plan difference(Map<String, SourceFile> inForce, Map<String, SourceFile> target, Map<String, String> refused) {
        Map<Key, Definition> before = definitions(inForce);
        Map<Key, Definition> after = definitions(target);
        Map<Key, Set<String>> causes = new LinkedHashMap<>();
        List<Definition> changed = new ArrayList<>();
        Stream.concat(before.keySet().stream(), after.keySet().stream()).distinct().forEach(key -> {
            Definition old = before.get(key);
            Definition now = after.get(key);
            if (!Objects.equals(old == null ? null : old.body(), now == null ? null : now.body())) {
                causes.put(key, new TreeSet<>(Set.of(key.file())));
                Stream.of(old, now).filter(Objects::nonNull).forEach(changed::add);
            }
        });
        spread(changed, after, causes);
        return new Plan(select(before, causes, Comparator.reverseOrder()), select(after, causes, Comparator.naturalOrder()),
                target, refused, causes);
    }

    /** What uses something that changes is made anew too, and what uses that. */
    private void spread(List<Definition> changed, Map<Key, Definition> after, Map<Key, Set<String>> causes) {
        List<Definition> reasons = changed;
        while (!reasons.isEmpty()) {
            List<Definition> next = new ArrayList<>();
            for (Definition reason : reasons) {
                for (Definition user : after.values()) {
                    if (!user.key().equals(reason.key()) && uses.uses(user, reason)
                            && causes.computeIfAbsent(user.key(), key -> new TreeSet<>()).addAll(causes.get(reason.key()))) {
                        next.add(user);
                    }
                }
            }
            reasons = next;
        }
    }

    private static List<Definition> select(Map<Key, Definition> definitions, Map<Key, Set<String>> causes,
            Comparator<Definition.Kind> order) {
        return definitions.values().stream().filter(definition -> causes.containsKey(definition.key()))
                .sorted(Comparator.comparing(Definition::kind, order)).toList();
    }

    private static Map<Key, Definition> definitions(Map<String, SourceFile> files) {
        Map<Key, Definition> definitions = new LinkedHashMap<>();
        files.values().forEach(file -> file.definitions().forEach(definition -> definitions.put(definition.key(), definition)));
        return definitions;
    }
}
