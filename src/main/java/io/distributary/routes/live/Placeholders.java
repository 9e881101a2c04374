package io.distributary.routes.live;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.spi.PropertiesComponent;

/** Replaces the placeholders in a text that have a property, and leaves the others, such as a kamelet's own parameters. */
final class Placeholders implements UnaryOperator<String> {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^{}]+?)}}");
    /** Deeper nesting than anyone writes, so that properties that name each other end. */
    private static final int DEPTH = 5;

    private final PropertiesComponent properties;

    Placeholders(PropertiesComponent properties) {
        this.properties = properties;
    }

    @Override
    public String apply(String text) {
        String resolved = text;
        for (int depth = 0; depth < DEPTH; depth++) {
            String next = PLACEHOLDER.matcher(resolved).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group())));
            if (next.equals(resolved)) {
                return next;
            }
            resolved = next;
        }
        return resolved;
    }

    private String value(String placeholder, String unresolved) {
        int colon = placeholder.indexOf(':');
        String name = colon < 0 ? placeholder : placeholder.substring(0, colon);
        return properties.resolveProperty(name).orElse(colon < 0 ? unresolved : placeholder.substring(colon + 1));
    }
}
