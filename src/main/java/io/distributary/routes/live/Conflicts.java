package io.distributary.routes.live;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.distributary.routes.live.Definition.Kind;

/** Finds what is good file by file, but not all of it together. Only files that have changed are to blame. */
final class Conflicts {
    private final Set<String> foreignRoutes;
    private final Uses uses;

    Conflicts(Set<String> foreignRoutes, Uses uses) {
        this.foreignRoutes = foreignRoutes;
        this.uses = uses;
    }

    /** The reason for each file that must stay as it is in force; empty where all fits. */
    Map<String, String> find(Map<String, SourceFile> inForce, Map<String, SourceFile> target) {
        Map<String, String> found = new TreeMap<>();
        sameNames(inForce, target, found);
        missing(inForce, target, found);
        Stream.concat(definitions(inForce), definitions(target)).filter(Conflicts::isForTheStart)
                .filter(definition -> changed(definition.file(), inForce, target)
                        && !version(definition, inForce).equals(version(definition, target)))
                .forEach(definition -> found.putIfAbsent(definition.file(), definition.where() + ": "
                        + (definition.kind() == Kind.REST ? "a rest service takes effect at a restart only"
                                : "a templatedRoute without a routeId takes effect at a restart only: give it a routeId")));
        return found;
    }

    private void sameNames(Map<String, SourceFile> inForce, Map<String, SourceFile> target, Map<String, String> found) {
        Map<String, Definition> seen = new HashMap<>();
        definitions(target).forEach(definition -> definition.names().forEach(name -> {
            Definition other = seen.putIfAbsent(definition.kind().namespace() + " " + name, definition);
            if (definition.kind().isRoute() && foreignRoutes.contains(name)) {
                blameNew(definition, definition.where() + ": route " + name + " is also one that no route file defines: give"
                        + " each its own id", inForce, found);
            }
            if (other != null) {
                blameNew(definition, sameName(definition, name, other), inForce, found);
                blameNew(other, sameName(other, name, definition), inForce, found);
            }
        }));
    }

    private static String sameName(Definition definition, String name, Definition other) {
        return definition.where() + ": " + definition.kind().word() + " " + name + " is also in " + other.where()
                + ": give each its own " + (definition.kind() == Kind.BEANS || definition.kind() == Kind.KAMELET ? "name" : "id");
    }

    /** Camel would run a route without the error handling that it names. */
    private void missing(Map<String, SourceFile> inForce, Map<String, SourceFile> target, Map<String, String> found) {
        List<Definition> left = definitions(target).toList();
        definitions(inForce).filter(gone -> gone.kind() == Kind.ROUTE_CONFIGURATION || gone.kind() == Kind.KAMELET)
                .filter(gone -> !gone.names().isEmpty() && left.stream().noneMatch(other -> other.kind() == gone.kind()
                        && other.names().equals(gone.names())))
                .forEach(gone -> left.stream().filter(user -> asksFor(user, gone)).findFirst()
                        .ifPresent(user -> blame(gone.file(), gone.file() + ": " + gone.title() + " is gone, but " + user.title()
                                + " in " + user.file() + " uses it", inForce, target, found)));
    }

    private boolean asksFor(Definition user, Definition gone) {
        return gone.kind() == Kind.KAMELET ? uses.mentions(user, gone) : uses.uses(user, gone);
    }

    private static boolean isForTheStart(Definition definition) {
        return definition.kind() == Kind.REST || definition.kind() == Kind.TEMPLATED_ROUTE && definition.names().isEmpty();
    }

    private static void blame(String file, String problem, Map<String, SourceFile> inForce, Map<String, SourceFile> target,
            Map<String, String> found) {
        if (changed(file, inForce, target)) {
            found.putIfAbsent(file, problem);
        }
    }

    /** Who was there first keeps the name. */
    private static void blameNew(Definition definition, String problem, Map<String, SourceFile> inForce,
            Map<String, String> found) {
        SourceFile before = inForce.get(definition.file());
        if (before == null || before.find(definition.key()).isEmpty()) {
            found.putIfAbsent(definition.file(), problem);
        }
    }

    private static boolean changed(String file, Map<String, SourceFile> inForce, Map<String, SourceFile> target) {
        return inForce.get(file) == null ? target.containsKey(file) : !inForce.get(file).equals(target.get(file));
    }

    private static String version(Definition definition, Map<String, SourceFile> files) {
        SourceFile file = files.get(definition.file());
        return file == null ? "" : file.find(definition.key()).map(Definition::body).orElse("");
    }

    private static Stream<Definition> definitions(Map<String, SourceFile> files) {
        return files.values().stream().map(SourceFile::definitions).flatMap(Collection::stream);
    }
}
