package io.distributary.validate.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.util.TimeUtils;

/**
 * An option, as the catalog describes it.
 *
 * @param type    of the catalog: string, integer, number, boolean, enum, duration, object
 * @param choices of an enum
 * @param label   consumer or producer, with more after a comma; may be empty
 */
record EndpointOption(String name, boolean path, boolean required, String type, List<String> choices, String label,
        boolean secret, boolean multiValue, String prefix, boolean deprecated) {
    static EndpointOption of(String name, JsonNode json) {
        List<String> choices = new ArrayList<>();
        json.path("enum").forEach(choice -> choices.add(choice.asText()));
        return new EndpointOption(name, json.path("kind").asText().equals("path"), json.path("required").asBoolean(),
                json.path("type").asText(), choices, json.path("label").asText(), json.path("secret").asBoolean(),
                json.path("multiValue").asBoolean(), json.path("prefix").asText(), json.path("deprecated").asBoolean());
    }

    /** What is wrong with a value that stands there as it is, without placeholders; the value is left out where it is secret. */
    Optional<String> problem(String value) {
        if (value.startsWith("#") || value.startsWith("RAW(") || value.isEmpty()) {
            return Optional.empty();
        }
        String wanted = switch (type) {
            case "boolean" -> value.matches("(?i)true|false") ? null : "true or false";
            case "integer" -> isWhole(value) ? null : "a whole number";
            case "number" -> value.matches("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?") ? null : "a number";
            case "duration" -> isDuration(value) ? null : "milliseconds, or a duration such as 5s or 2m";
            case "enum" -> choices.stream().anyMatch(choice -> plain(choice).equals(plain(value))) ? null
                    : "one of " + String.join(", ", choices);
            default -> null;
        };
        return Optional.ofNullable(wanted).map(what -> name + " is " + (secret ? "of the wrong kind" : "'" + value + "'")
                + ", but must be " + what);
    }

    private static boolean isWhole(String value) {
        return value.matches("[+-]?\\d+");
    }

    /** Camel's own reader passes over what it does not know. */
    private static boolean isDuration(String value) {
        if (!value.matches("-?\\d.*|P.*")) {
            return false;
        }
        try {
            TimeUtils.toMilliSeconds(value);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Camel takes the choices of an enum in either case, and with dashes. */
    private static String plain(String value) {
        return value.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    boolean isOnlyFor(String role) {
        return label.equals(role) || label.startsWith(role + ",");
    }
}
