package io.distributary.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** The alert rules and the dashboard of k8s/monitoring. */
final class Monitoring {
    static final Path FOLDER = Path.of("k8s/monitoring");
    static final String RULES = "distributary.rules.yaml";
    static final String RULES_TEST = "distributary.rules.test.yaml";
    static final String DASHBOARD = "distributary.dashboard.json";
    private static final Pattern RULE_LABEL = Pattern.compile("\\$labels\\.(\\w+)");
    private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern VALUES_OF = Pattern.compile("label_values\\((.*), (\\w+)\\)");

    private Monitoring() {
    }

    /**
     * An expression.
     *
     * @param where  the alert, panel or variable that has it
     * @param query  without variables
     * @param labels those named beside it, in annotations and legends
     */
    record Expression(String where, String query, Set<String> labels) {
    }

    static List<Expression> alerts() {
        return list(read(RULES).at("/groups")).stream().flatMap(group -> list(group.get("rules")).stream())
                .map(rule -> new Expression(rule.get("alert").asText(), rule.get("expr").asText(),
                        labels(RULE_LABEL, rule.get("annotations").toString())))
                .toList();
    }

    static List<Expression> panels() {
        List<Expression> expressions = new ArrayList<>();
        list(read(DASHBOARD).get("panels")).forEach(panel -> list(panel.path("targets")).forEach(target ->
                expressions.add(new Expression("panel " + panel.get("title").asText(), plain(target.get("expr").asText()),
                        labels(LEGEND_LABEL, target.get("legendFormat").asText())))));
        return expressions;
    }

    static List<Expression> variables() {
        List<Expression> expressions = new ArrayList<>();
        list(read(DASHBOARD).at("/templating/list")).forEach(variable -> {
            var query = VALUES_OF.matcher(variable.path("definition").asText());
            if (query.matches()) {
                expressions.add(new Expression("variable " + variable.get("name").asText(), plain(query.group(1)), Set.of(query.group(2))));
            }
        });
        return expressions;
    }

    private static String plain(String query) {
        return query.replace("$__rate_interval", "5m").replace("\"$job\"", "\"distributary\"").replaceAll("\"\\$\\w+\"", "\".*\"");
    }

    private static Set<String> labels(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** One of the folder's files. */
    static JsonNode read(String file) {
        try {
            return (file.endsWith(".json") ? new ObjectMapper() : new ObjectMapper(new YAMLFactory()))
                    .readTree(Files.readString(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> list(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false).toList();
    }
}
