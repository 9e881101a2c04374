package io.distributary.values;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a key looks like: text, and names in braces for what stands there, as {@code DS#{device}}. Each stands for one character
 * or more, up to the first place where the text that follows it is. Immutable, thread-safe.
 */
final class KeyTemplate {
    /** Of the name in braces; it becomes a field and a header. */
    private static final Pattern NAME = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final Pattern pattern;
    private final List<String> names;

    private KeyTemplate(Pattern pattern, List<String> names) {
        this.pattern = pattern;
        this.names = names;
    }

    /** @throws IllegalArgumentException where a brace is not that of a name, a name comes twice or two follow each other */
    static KeyTemplate parse(String text) {
        List<String> names = new ArrayList<>();
        StringBuilder regex = new StringBuilder();
        Matcher matcher = NAME.matcher(text);
        int from = 0;
        while (matcher.find()) {
            if (!names.isEmpty() && matcher.start() == from) {
                throw new IllegalArgumentException("the key '" + text + "' has two names without text between them");
            }
            regex.append(literal(text, from, matcher.start())).append(matcher.end() == text.length() ? "(.+)" : "(.+?)");
            if (names.contains(matcher.group(1))) {
                throw new IllegalArgumentException("the key '" + text + "' has the name " + matcher.group(1) + " twice");
            }
            names.add(matcher.group(1));
            from = matcher.end();
        }
        regex.append(literal(text, from, text.length()));
        return new KeyTemplate(Pattern.compile(regex.toString(), Pattern.DOTALL), List.copyOf(names));
    }

    private static String literal(String text, int from, int to) {
        String literal = text.substring(from, to);
        if (literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0) {
            throw new IllegalArgumentException("the key '" + text + "' has a brace that is not that of a name: letters, digits and _,"
                    + " as in {device}");
        }
        return literal.isEmpty() ? "" : Pattern.quote(literal);
    }

    List<String> names() {
        return names;
    }

    /** What stands for each name, or null where the key, which may be null, does not look so. */
    Map<String, String> match(String key) {
        Matcher matcher = key == null ? null : pattern.matcher(key);
        if (matcher == null || !matcher.matches()) {
            return null;
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            found.put(names.get(i), matcher.group(i + 1));
        }
        return found;
    }
}
