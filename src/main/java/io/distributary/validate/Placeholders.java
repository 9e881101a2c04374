package io.distributary.validate;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.distributary.diagnosis.Place;
import io.distributary.diagnosis.Suggestion;
import io.distributary.validate.yaml.Element;
import org.apache.camel.CamelContext;

/**
 * Finds the values of {@code {{placeholders}}} as Camel does: environment variable, JVM system property, properties file;
 * {@code {{name:default}}}, {@code {{?optional}}}, {@code {{env:NAME:default}}}, one within another.
 */
public final class Placeholders {
    /** Stands for what is known only when the routes run; no value of a person holds it. */
    public static final char UNKNOWN = '\uFFFC';

    private static final Pattern INNERMOST = Pattern.compile("\\{\\{([^{}]*)}}");
    private static final Pattern FUNCTION = Pattern.compile("(env|sys|service|service\\.host|service\\.port|service\\.name|bean|secret"
            + "|configmap|configmap-binary|secret-binary|aws|gcp|azure|hashicorp|properties):(.*)", Pattern.DOTALL);
    /** How environment variables are named; properties of ours are not. */
    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final int DEPTH = 20;

    private final CamelContext context;
    private final Properties file;
    private final String fileName;

    /**
     * @param context answers what is not in the file
     * @param file    the properties file's values
     */
    public Placeholders(CamelContext context, Properties file, String fileName) {
        this.context = context;
        this.file = file;
        this.fileName = fileName;
    }

    /** A text with its placeholders replaced; {@link #UNKNOWN} for those that have no value, or none yet. */
    public String resolve(String text, Map<String, String> local) {
        String resolved = text;
        for (int depth = 0; depth < DEPTH; depth++) {
            Matcher placeholder = INNERMOST.matcher(resolved);
            if (!placeholder.find()) {
                return resolved;
            }
            resolved = placeholder.replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), local)));
        }
        return resolved;
    }

    private String value(String placeholder, Map<String, String> local) {
        if (placeholder.indexOf(UNKNOWN) >= 0) {
            return String.valueOf(UNKNOWN);
        }
        Reference reference = Reference.of(placeholder);
        if (local.containsKey(reference.name())) {
            return local.get(reference.name());
        }
        return lookUp(reference).or(() -> Optional.ofNullable(reference.fallback()))
                .orElse(reference.optional() ? "" : String.valueOf(UNKNOWN));
    }

    private Optional<String> lookUp(Reference reference) {
        return switch (reference.function()) {
            case "" -> context.getPropertiesComponent().resolveProperty(reference.name())
                    .or(() -> Optional.ofNullable(file.getProperty(reference.name())));
            case "env" -> Optional.ofNullable(System.getenv(reference.name()));
            case "sys" -> Optional.ofNullable(System.getProperty(reference.name()));
            default -> Optional.empty();
        };
    }

    /**
     * Says which placeholders of a text have no value.
     *
     * @param local names that have one here: a kamelet's properties and beans
     */
    public void check(Element element, Collection<String> local, Problems problems) {
        check(element.text(), element::place, local, problems);
    }

    /** As {@link #check(Element, Collection, Problems)} for a text whose characters stand at {@code place}. */
    public void check(String text, IntFunction<Place> place, Collection<String> local, Problems problems) {
        int open = text.indexOf("{{");
        if (open < 0) {
            return;
        }
        Matcher placeholder = INNERMOST.matcher(text);
        boolean any = false;
        while (placeholder.find()) {
            any = true;
            check(Reference.of(placeholder.group(1)), place.apply(placeholder.start()), local, problems);
        }
        if (!any) {
            problems.error(place.apply(open), "{{ has no }} after it");
        }
    }

    private void check(Reference reference, Place place, Collection<String> local, Problems problems) {
        if (local.contains(reference.name()) || lookUp(reference).isPresent()) {
            return;
        }
        boolean mayBeAbsent = reference.optional() || reference.fallback() != null;
        if (reference.function().equals("env") && !mayBeAbsent) {
            problems.warning(place, "{{env:" + reference.name() + "}}: there is no such environment variable here, and it has no"
                    + " default: set it where this runs, or write {{env:" + reference.name() + ":default}}");
        } else if (reference.function().equals("sys") && !mayBeAbsent) {
            problems.warning(place, "{{sys:" + reference.name() + "}}: there is no such system property here, and it has no default");
        } else if (reference.function().isEmpty() && !mayBeAbsent) {
            Set<String> known = new TreeSet<>(local);
            file.stringPropertyNames().stream().filter(name -> !name.startsWith("camel.")).forEach(known::add);
            if (ENVIRONMENT.matcher(reference.name()).matches()) {
                problems.warning(place, "{{" + reference.name() + "}} is set neither in " + fileName + " nor as environment variable"
                        + " here: set it where this runs");
            } else {
                problems.error(place, "{{" + reference.name() + "}} is not set in " + fileName + ": "
                        + Suggestion.of(reference.name(), known));
            }
        }
    }

    /** What stands between the braces. */
    private record Reference(String function, String name, String fallback, boolean optional) {
        static Reference of(String placeholder) {
            boolean optional = placeholder.startsWith("?");
            String text = optional ? placeholder.substring(1) : placeholder.startsWith("!") ? placeholder.substring(1) : placeholder;
            text = text.replaceFirst("\\?nested=(?:true|false)$", "");
            Matcher function = FUNCTION.matcher(text);
            String rest = function.matches() ? function.group(2) : text;
            int colon = rest.indexOf(':');
            return new Reference(function.matches() ? function.group(1) : "", colon < 0 ? rest : rest.substring(0, colon),
                    colon < 0 ? null : rest.substring(colon + 1), optional);
        }
    }
}
