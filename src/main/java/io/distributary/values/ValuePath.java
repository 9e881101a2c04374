package io.distributary.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where values are in an item: names of attributes and of entries of maps joined by dots, elements of lists as {@code [3]}, and
 * {@code *} or {@code [*]} for any of them: {@code state.*.value}. A name with other than letters, digits, {@code _} and
 * {@code -} stands in {@code ["..."]}, a quote or backslash in it behind a backslash. Immutable, thread-safe.
 */
final class ValuePath {
    /** What leads one level deeper: the values there, each by what it adds to the path. */
    private interface Step {
        void into(AttributeValue value, String path, List<Found> found);
    }

    private record Found(String path, AttributeValue value) {
    }

    private final String text;
    private final List<Step> steps;

    private ValuePath(String text, List<Step> steps) {
        this.text = text;
        this.steps = steps;
    }

    /** @throws IllegalArgumentException where it is no path; the message says from which character on */
    static ValuePath parse(String text) {
        return new ValuePath(text, new Parser(text).steps());
    }

    /** The values of an item, each by its path without {@code *}; none where there is no item. */
    SortedMap<String, AttributeValue> in(Map<String, AttributeValue> item) {
        List<Found> found = item == null ? List.of() : List.of(new Found("", AttributeValue.fromM(item)));
        for (Step step : steps) {
            List<Found> deeper = new ArrayList<>();
            for (Found each : found) {
                step.into(each.value(), each.path(), deeper);
            }
            found = deeper;
        }
        SortedMap<String, AttributeValue> values = new TreeMap<>();
        found.forEach(each -> values.put(each.path(), each.value()));
        return values;
    }

    @Override
    public String toString() {
        return text;
    }

    private static Step entry(String name) {
        return (value, path, found) -> {
            if (value.hasM() && value.m().containsKey(name)) {
                found.add(new Found(below(path, name), value.m().get(name)));
            }
        };
    }

    private static Step anyEntry() {
        return (value, path, found) -> {
            if (value.hasM()) {
                value.m().forEach((name, entry) -> found.add(new Found(below(path, name), entry)));
            }
        };
    }

    private static Step element(int index) {
        return (value, path, found) -> {
            if (value.hasL() && index < value.l().size()) {
                found.add(new Found(path + '[' + index + ']', value.l().get(index)));
            }
        };
    }

    private static Step anyElement() {
        return (value, path, found) -> {
            if (value.hasL()) {
                for (int i = 0; i < value.l().size(); i++) {
                    found.add(new Found(path + '[' + i + ']', value.l().get(i)));
                }
            }
        };
    }

    private static String below(String path, String name) {
        if (name.isEmpty() || !name.chars().allMatch(Parser::isPlain)) {
            return path + "[\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
        }
        return path.isEmpty() ? name : path + '.' + name;
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text == null ? "" : text;
        }

        List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            steps.add(peek() == '[' ? bracket() : name());
            while (at < text.length()) {
                if (peek() == '[') {
                    steps.add(bracket());
                } else {
                    expect('.', "a dot or [");
                    steps.add(name());
                }
            }
            return List.copyOf(steps);
        }

        private Step name() {
            if (peek() == '*') {
                at++;
                return anyEntry();
            }
            int from = at;
            while (isPlain(peek())) {
                at++;
            }
            if (at == from) {
                throw wrong("a name of letters, digits, _ and -, or *");
            }
            return entry(text.substring(from, at));
        }

        private Step bracket() {
            expect('[', "[");
            Step step;
            if (peek() == '"') {
                step = entry(quoted());
            } else if (at == 1) {
                throw wrong("a name in quotes, as an item is no list");
            } else if (peek() == '*') {
                at++;
                step = anyElement();
            } else {
                step = element(index());
            }
            expect(']', "]");
            return step;
        }

        private String quoted() {
            StringBuilder name = new StringBuilder();
            at++;
            while (peek() != '"') {
                if (peek() == '\\') {
                    at++;
                }
                if (at >= text.length()) {
                    throw wrong("a closing quote");
                }
                name.append(text.charAt(at++));
            }
            at++;
            return name.toString();
        }

        private int index() {
            int from = at;
            while (peek() >= '0' && peek() <= '9') {
                at++;
            }
            if (at == from || at - from > 6) {
                throw wrong("an element's number, *, or a name in quotes");
            }
            return Integer.parseInt(text.substring(from, at));
        }

        /** 0 at the end. */
        private char peek() {
            return at < text.length() ? text.charAt(at) : 0;
        }

        private void expect(char c, String what) {
            if (peek() != c) {
                throw wrong(what);
            }
            at++;
        }

        private IllegalArgumentException wrong(String expected) {
            return new IllegalArgumentException("the path '" + text + "' has " + (at < text.length() ? "'" + text.charAt(at) + "'"
                    : "its end") + " at character " + (at + 1) + ", where " + expected + " is expected");
        }

        static boolean isPlain(int c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
        }
    }
}
