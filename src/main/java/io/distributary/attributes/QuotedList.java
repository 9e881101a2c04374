package io.distributary.attributes;

import java.util.ArrayList;
import java.util.List;

/**
 * A list in one option, as a line of CSV: elements separated by commas, blanks around them left out; what stands in double
 * quotes may hold commas and blanks, and a quote in it is written twice.
 */
public final class QuotedList {
    private QuotedList() {
    }

    /**
     * The elements, without their quotes.
     *
     * @param option names the option in the message
     * @throws IllegalArgumentException without an element, with an empty one, or with a quote where none may be
     */
    public static List<String> of(String option, String text) {
        return split(option, text).stream().map(element -> unquoted(option, element)).toList();
    }

    /** As {@link #of}; none where the text is null or blank. */
    public static List<String> orNone(String option, String text) {
        return text == null || text.isBlank() ? List.of() : of(option, text);
    }

    /** The elements as they are written, as {@link #of} otherwise. */
    public static List<String> split(String option, String text) {
        List<String> elements = new ArrayList<>();
        String rest = text == null ? "" : text;
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i <= rest.length(); i++) {
            if (i < rest.length() && rest.charAt(i) == '"') {
                quoted = !quoted;
            } else if (i == rest.length() || rest.charAt(i) == ',' && !quoted) {
                String element = rest.substring(from, i).strip();
                if (element.isEmpty()) {
                    throw new IllegalArgumentException(option + (rest.isBlank() ? " is empty" : " has an empty element: " + text));
                }
                elements.add(element);
                from = i + 1;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException(option + " has an opening quote and no closing one: " + text);
        }
        return elements;
    }

    /** The element without its quotes, where it has any. */
    static String unquoted(String option, String element) {
        if (element.indexOf('"') < 0) {
            return element;
        }
        String inner = element.length() < 2 ? "" : element.substring(1, element.length() - 1);
        if (!element.startsWith("\"") || !element.endsWith("\"") || inner.replace("\"\"", "").contains("\"") || inner.isEmpty()) {
            throw new IllegalArgumentException(option + " has a quote where none may be, or nothing between two: " + element);
        }
        return inner.replace("\"\"", "\"");
    }
}
