package io.distributary.diagnosis;

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

    /** The problem with the first of these names that is in no group Camel knows, or empty. */
    public static Optional<String> unknownGroup(Collection<String> names) {
        return names.stream()
                .filter(name -> name.startsWith("camel."))
                .sorted()
                .filter(name -> GROUPS.stream().noneMatch(group(name)::equalsIgnoreCase))
                .findFirst()
                .map(name -> "unknown property " + name + ": "
                        + Recogniser.suggestion("camel." + group(name), GROUPS.stream().map(group -> "camel." + group).toList()));
    }

    /** The second word, without an index or key in brackets, dashes as Camel allows them. */
    private static String group(String name) {
        return name.split("\\.")[1].replaceFirst("\\[.*", "").replace("-", "");
    }
}
