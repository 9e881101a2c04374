package io.distributary.attributes;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in an item, written as DynamoDB's document paths are: {@code address.lines[0]}. Also {@code *} for every name,
 * {@code [*]} for every element, and {@code "a.b"} for a name that holds a dot, a bracket, a comma, a star alone or a quote,
 * which is written twice.
 */
final class AttributePath {
    private static final Object ANY_NAME = new Object();
    private static final Object ANY_ELEMENT = new Object();

    /** Each a String, an Integer, or one of the above. */
    private final List<Object> steps;

    private AttributePath(List<Object> steps) {
        this.steps = steps;
    }

    /**
     * The paths of one option.
     *
     * @param option names the option in the message
     * @throws IllegalArgumentException without a path, or with one that cannot be read
     */
    static List<AttributePath> list(String option, String text) {
        return QuotedList.split(option, text).stream().map(path -> parse(option, path)).toList();
    }

    static AttributePath parse(String option, String text) {
        try {
            return new AttributePath(new Reader(text).steps());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": attribute path " + text + ": " + e.getMessage(), e);
        }
    }

    /** A place without stars, each step a name or an element's number, as it is written. */
    static String text(List<Object> place) {
        StringBuilder text = new StringBuilder();
        for (Object step : place) {
            if (step instanceof Integer element) {
                text.append('[').append(element).append(']');
            } else {
                String name = (String) step;
                boolean plain = !name.isEmpty() && !name.equals("*") && name.chars().noneMatch(c -> ".[],\"".indexOf(c) >= 0);
                text.append(text.isEmpty() ? "" : ".").append(plain ? name : '"' + name.replace("\"", "\"\"") + '"');
            }
        }
        return text.toString();
    }

    /** How many steps lead to the place, at least 1. */
    int length() {
        return steps.size();
    }

    /** Whether the path's step of that number leads to the attribute. */
    boolean leadsTo(int step, String name) {
        Object at = steps.get(step);
        return at == ANY_NAME || at.equals(name);
    }

    /** Whether the path's step of that number leads to the list's element. */
    boolean leadsTo(int step, int element) {
        Object at = steps.get(step);
        return at == ANY_ELEMENT || at.equals(element);
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<Object> steps() {
            List<Object> steps = new ArrayList<>();
            steps.add(name());
            while (at < text.length()) {
                if (text.charAt(at) == '[') {
                    at++;
                    steps.add(element());
                } else if (text.charAt(at) == '.') {
                    at++;
                    steps.add(name());
                } else {
                    throw wrong("a dot or a bracket expected");
                }
            }
            return steps;
        }

        private Object name() {
            if (at < text.length() && text.charAt(at) == '"') {
                return quoted();
            }
            int from = at;
            while (at < text.length() && ".[]\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String name = text.substring(from, at);
            if (name.isEmpty()) {
                throw wrong("a name expected");
            }
            return name.equals("*") ? ANY_NAME : name;
        }

        private String quoted() {
            StringBuilder name = new StringBuilder();
            for (at++; at < text.length(); at++) {
                if (text.charAt(at) != '"') {
                    name.append(text.charAt(at));
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    name.append('"');
                    at++;
                } else {
                    at++;
                    return name.toString();
                }
            }
            throw wrong("a closing quote expected");
        }

        private Object element() {
            int end = text.indexOf(']', at);
            String index = end < 0 ? "" : text.substring(at, end);
            if (!index.matches("\\*|[0-9]{1,6}")) {
                throw wrong("an element's number or * expected, and a closing bracket");
            }
            at = end + 1;
            return index.equals("*") ? ANY_ELEMENT : Integer.valueOf(index);
        }

        private IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException(what + " at character " + (at + 1));
        }
    }
}
