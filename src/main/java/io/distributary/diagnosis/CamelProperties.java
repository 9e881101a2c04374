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
        Optional<String> unknown = names.stream()
                .filter(name -> name.startsWith("camel."))
                .sorted()
                .filter(name -> GROUPS.stream().noneMatch(group(name)::equalsIgnoreCase))
                .findFirst();
        if (unknown.isPresent()) {
            String name = unknown.get();
            throw new ConfigurationProblem(Place.in(file.toString(), name) + ": unknown property " + name
                    + ": no part of Camel reads camel." + group(name) + ", " + Recogniser.suggestion(group(name), GROUPS));
        }
    }

    /** The second word, without an index or key in brackets, dashes as Camel allows them. */
    private static String group(String name) {
        return name.split("\\.")[1].replaceFirst("\\[.*", "").replace("-", "");
    }
}
