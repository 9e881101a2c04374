package io.distributary.validate.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The {@code camel.main.*}, {@code camel.health.*} and like options that Camel Main documents in its jar. */
final class MainOptions {
    private static final String METADATA = "META-INF/camel-main-configuration-metadata.json";

    /** By name in small letters without dashes, as Camel compares them. */
    private final Map<String, JsonNode> options = new TreeMap<>();

    MainOptions() {
        try (InputStream in = getClass().getClassLoader().getResourceAsStream(METADATA)) {
            new ObjectMapper().readTree(in).path("properties")
                    .forEach(option -> options.put(plain(option.path("name").asText()), option));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether every option of this group, {@code camel.main}, is among them. */
    boolean knowsGroup(String group) {
        return options.keySet().stream().anyMatch(name -> name.startsWith(plain(group) + "."));
    }

    boolean knows(String name) {
        return options.containsKey(plain(name));
    }

    /** The names in a group. */
    Collection<String> names(String group) {
        return options.values().stream().map(option -> option.path("name").asText())
                .filter(name -> plain(name).startsWith(plain(group) + ".")).toList();
    }

    /** What is wrong with a value, or empty. */
    Optional<String> problem(String name, String value) {
        String wanted = switch (options.get(plain(name)).path("type").asText()) {
            case "boolean" -> value.matches("(?i)true|false") ? null : "true or false";
            case "integer" -> value.matches("[+-]?\\d+") ? null : "a whole number";
            default -> null;
        };
        return Optional.ofNullable(wanted).map(what -> name + " is '" + value + "', but must be " + what);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "");
    }
}
