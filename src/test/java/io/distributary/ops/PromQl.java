package io.distributary.ops;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names in an expression of Prometheus' query language. Not a parser: whether it is one, promtool says.
 *
 * @param metrics  each metric with the labels that its matchers name
 * @param grouping the labels that sums and joins go by
 */
record PromQl(Map<String, Set<String>> metrics, Set<String> grouping) {
    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^]]*]|[a-zA-Z_:][\\w:]*|[\\d.][\\w.]*|\\S");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "offset", "bool");
    private static final Set<String> GROUPING = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

    static PromQl of(String expression) {
        List<String> tokens = TOKEN.matcher(expression).results().map(found -> found.group()).toList();
        Map<String, Set<String>> metrics = new TreeMap<>();
        Set<String> grouping = new TreeSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
            if (!NAME.matcher(token).matches() || OPERATORS.contains(token)) {
                continue;
            }
            if (GROUPING.contains(token)) {
                i = names(tokens, i + 1, ")", grouping);
            } else if (next.equals("{")) {
                i = names(tokens, i + 1, "}", metrics.computeIfAbsent(token, name -> new TreeSet<>()));
            } else if (!next.equals("(") && !GROUPING.contains(next)) {
                metrics.computeIfAbsent(token, name -> new TreeSet<>());
            }
        }
        return new PromQl(metrics, grouping);
    }

    private static int names(List<String> tokens, int from, String end, Set<String> names) {
        int i = from;
        for (; !tokens.get(i).equals(end); i++) {
            if (NAME.matcher(tokens.get(i)).matches()) {
                names.add(tokens.get(i));
            }
        }
        return i;
    }
}
