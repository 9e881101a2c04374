package io.distributary.opensearch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.distributary.event.ChangeEvent;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A name made for each change: text with {@code {table}}, {@code {date:PATTERN}} of the change's creation time in UTC, and
 * {@code {attribute:NAME}} of the item, a string or a number. Thread-safe.
 */
final class NameTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private final String text;
    private final List<Part> parts;
    private final boolean hasDate;
    private final boolean hasAttribute;

    /** A piece of the name of a change of an item. */
    @FunctionalInterface
    private interface Part {
        String of(ChangeEvent event, Map<String, AttributeValue> item);
    }

    private NameTemplate(String text, List<Part> parts, boolean hasDate, boolean hasAttribute) {
        this.text = text;
        this.parts = parts;
        this.hasDate = hasDate;
        this.hasAttribute = hasAttribute;
    }

    /** @throws IllegalArgumentException saying what is wrong */
    static NameTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        boolean date = false;
        boolean attribute = false;
        Matcher placeholder = PLACEHOLDER.matcher(text);
        int from = 0;
        while (placeholder.find()) {
            literal(text.substring(from, placeholder.start()), parts);
            from = placeholder.end();
            String name = placeholder.group(1);
            if (name.equals("table")) {
                parts.add((event, item) -> event.source().tableName());
            } else if (name.startsWith("date:")) {
                parts.add(date(name.substring("date:".length())));
                date = true;
            } else if (name.startsWith("attribute:") && name.length() > "attribute:".length()) {
                parts.add(attribute(name.substring("attribute:".length())));
                attribute = true;
            } else {
                throw new IllegalArgumentException("{" + name + "} is none of {table}, {date:PATTERN}, {attribute:NAME}");
            }
        }
        literal(text.substring(from), parts);
        return new NameTemplate(text, List.copyOf(parts), date, attribute);
    }

    boolean hasDate() {
        return hasDate;
    }

    boolean hasAttribute() {
        return hasAttribute;
    }

    /** All names that it can make, as OpenSearch writes patterns. */
    String pattern() {
        return PLACEHOLDER.matcher(text).replaceAll("*");
    }

    /**
     * The name for a change.
     *
     * @param item the image that attributes are taken from
     * @throws IllegalArgumentException where the change lacks what the template names
     */
    String of(ChangeEvent event, Map<String, AttributeValue> item) {
        StringBuilder name = new StringBuilder();
        for (Part part : parts) {
            name.append(part.of(event, item));
        }
        return name.toString();
    }

    @Override
    public String toString() {
        return text;
    }

    private static void literal(String text, List<Part> parts) {
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw new IllegalArgumentException("a brace has no partner");
        }
        parts.add((event, item) -> text);
    }

    private static Part date(String pattern) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
        format.format(Instant.EPOCH); // a pattern that no time can fill
        return (event, item) -> {
            Instant created = event.approximateCreationDateTime();
            if (created == null) {
                throw new IllegalArgumentException("{date:" + pattern + "}: the record has no creation time");
            }
            return format.format(created);
        };
    }

    private static Part attribute(String name) {
        return (event, item) -> {
            AttributeValue value = item.getOrDefault(name, event.keys().get(name));
            String text = value == null ? null : value.s() != null ? value.s() : value.n();
            if (text == null || text.isEmpty()) {
                throw new IllegalArgumentException("{attribute:" + name + "}: the item has no such string or number");
            }
            return text;
        };
    }
}
