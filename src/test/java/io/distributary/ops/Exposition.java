package io.distributary.ops;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an instance exposes to Prometheus. */
record Exposition(String text) {
    /** What Prometheus adds to each series, and the series that it makes itself. */
    private static final Set<String> SCRAPED = Set.of("job", "instance");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    /** The series, as {@code name{a="b"} 1}. */
    List<String> series() {
        return text.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
    }

    private Map<String, Set<String>> labels() {
        Map<String, Set<String>> labels = new TreeMap<>(Map.of("up", SCRAPED));
        series().forEach(line -> {
            Set<String> names = labels.computeIfAbsent(line.replaceFirst("[{ ].*", ""), name -> new TreeSet<>(SCRAPED));
            if (line.contains("{")) {
                LABEL.matcher(line).results().forEach(found -> names.add(found.group(1)));
            }
        });
        return labels;
    }

    /** What the expression, or what is said beside it, names and the instance does not expose. */
    List<String> missing(Monitoring.Expression expression) {
        Map<String, Set<String>> labels = labels();
        PromQl query = PromQl.of(expression.query());
        Set<String> all = new TreeSet<>();
        query.metrics().keySet().forEach(name -> all.addAll(labels.getOrDefault(name, Set.of())));
        Stream<String> metrics = query.metrics().entrySet().stream().flatMap(metric -> labels.containsKey(metric.getKey())
                ? metric.getValue().stream().filter(label -> !labels.get(metric.getKey()).contains(label))
                        .map(label -> metric.getKey() + "{" + label + "}")
                : Stream.of(metric.getKey()));
        Stream<String> beside = Stream.concat(query.grouping().stream(), expression.labels().stream())
                .filter(label -> !all.contains(label)).map(label -> "label " + label);
        return Stream.concat(metrics, beside).map(name -> expression.where() + ": " + name).sorted(Comparator.naturalOrder()).toList();
    }

    /** These series for promtool: ten minutes in which nothing changes. */
    String inputSeries() {
        StringBuilder yaml = new StringBuilder();
        Stream.concat(series().stream(), Stream.of("up 1")).forEach(line -> {
            String series = line.substring(0, line.lastIndexOf(' ')).replace("'", "''");
            String value = line.substring(line.lastIndexOf(' ') + 1);
            String scraped = "job=\"distributary\",instance=\"a:8080\"";
            yaml.append("      - series: '").append(series.contains("{") ? series.replaceFirst("}$", "," + scraped + "}")
                    : series + "{" + scraped + "}").append("'\n        values: '").append((value + " ").repeat(11).strip()).append("'\n");
        });
        return yaml.toString();
    }
}
