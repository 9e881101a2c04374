package io.distributary.diagnosis;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Camel reads properties by their first two words and passes over a group that it does not know: a typo has no effect. */
public final class CamelProperties {
    // camel-main-configuration-metadata.json, and GROUP_PREFIXES and autoConfigurationFromProperties of BaseMainSupport.
    static final List<String> GROUPS = List.of("beans", "component", "context", "dataformat", "debug", "devConsole",
            "faulttolerance", "globalOptions", "health", "kamelet", "language", "lra", "main", "management", "mdc", "metrics",
            "opentelemetry", "opentelemetry2", "resilience4j", "rest", "routeController", "routeTemplate", "routecontroller",
            "server", "ssl", "startupcondition", "telemetryDev", "threadpool", "trace", "variable", "vault");

    private CamelProperties() {
    }

    /**
     * Refuses the first of these names that is in no group Camel knows.
     *
     * @throws ConfigurationProblem naming its place in {@code file}
     */
    public static void check(Collection<String> names, Path file) {
        names.stream().sorted().forEach(name -> problem(name).ifPresent(problem -> {
            throw new ConfigurationProblem(Place.in(file.toString(), name) + ": " + problem);
        }));
    }

    /** What is wrong with a property's name; empty where it is in a group that Camel knows, or not Camel's. */
    public static Optional<String> problem(String name) {
        if (!name.startsWith("camel.") || GROUPS.stream().anyMatch(group(name)::equalsIgnoreCase)) {
            return Optional.empty();
        }
        return Optional.of("unknown property " + name + ": no part of Camel reads camel." + group(name) + ", "
                + Suggestion.of(group(name), GROUPS));
    }

    /** The second word, without an index or key in brackets, dashes as Camel allows them. */
    private static String group(String name) {
        return name.split("\\.")[1].replaceFirst("\\[.*", "").replace("-", "");
    }
}
