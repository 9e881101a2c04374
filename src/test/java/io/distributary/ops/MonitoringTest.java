package io.distributary.ops;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.distributary.sandbox.Promtool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static io.distributary.ops.Monitoring.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The alert rules and the dashboard by themselves; what they name is compared with a running instance in MetricsIT. */
class MonitoringTest {
    private static final Set<String> SEVERITIES = Set.of("critical", "warning");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");

    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "promtool is fetched from Debian's packages")
    void promtoolAcceptsTheRulesAndTheirTests() throws Exception {
        Promtool promtool = Promtool.findOrSkip();
        assertSucceeds(promtool.run(Monitoring.FOLDER, "check", "rules", Monitoring.RULES));
        assertSucceeds(promtool.run(Monitoring.FOLDER, "test", "rules", Monitoring.RULES_TEST));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "promtool is fetched from Debian's packages")
    void aRuleWithoutItsConditionFailsItsTests() throws Exception {
        Promtool promtool = Promtool.findOrSkip();
        Files.copy(Monitoring.FOLDER.resolve(Monitoring.RULES_TEST), folder.resolve(Monitoring.RULES_TEST));
        Files.writeString(folder.resolve(Monitoring.RULES), Files.readString(Monitoring.FOLDER.resolve(Monitoring.RULES))
                .replace(" and distributary_source_unfinished == 0", ""));
        Promtool.Result result = promtool.run(folder, "test", "rules", Monitoring.RULES_TEST);
        assertNotEquals(0, result.status());
        assertTrue(result.output().contains("a full window holds the reading"), result.output());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "promtool is fetched from Debian's packages")
    void promtoolAcceptsEveryExpressionOfTheDashboard() throws Exception {
        Promtool promtool = Promtool.findOrSkip();
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        List<Monitoring.Expression> expressions = Stream.concat(Monitoring.panels().stream(), Monitoring.variables().stream()).toList();
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("      - {record: 'panel").append(i).append("', expr: '").append(expressions.get(i).query()).append("'}\n");
        }
        Files.writeString(folder.resolve("dashboard.yaml"), rules);
        assertSucceeds(promtool.run(folder, "check", "rules", "dashboard.yaml"));
    }

    private static void assertSucceeds(Promtool.Result result) {
        assertEquals(0, result.status(), result::output);
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDo() {
        rules().forEach(rule -> {
            String name = rule.get("alert").asText();
            assertTrue(SEVERITIES.contains(rule.at("/labels/severity").asText()), name);
            for (String annotation : List.of("summary", "description", "action")) {
                assertFalse(rule.at("/annotations/" + annotation).asText().isBlank(), name + " has no " + annotation);
            }
        });
    }

    @Test
    void everyAlertIsTestedBothWays() {
        Map<String, Set<Boolean>> tested = list(Monitoring.read(Monitoring.RULES_TEST).get("tests")).stream()
                .flatMap(test -> list(test.get("alert_rule_test")).stream())
                .collect(Collectors.groupingBy(test -> test.get("alertname").asText(),
                        Collectors.mapping(test -> test.get("exp_alerts").isEmpty(), Collectors.toSet())));
        rules().forEach(rule -> assertEquals(Set.of(true, false), tested.get(rule.get("alert").asText()), rule.get("alert").asText()));
        assertEquals(rules().size(), tested.size(), "tests of alerts that there are not");
    }

    /** The same rules as the Prometheus operator's resource, for kustomize cannot wrap a file. */
    @Test
    void theResourceHoldsTheRulesOfTheFile() throws Exception {
        String rules = Files.readString(Monitoring.FOLDER.resolve(Monitoring.RULES));
        String resource = """
                # Made of %s; to regenerate it: mvn test -Dtest=MonitoringTest -Ddocs.write=true
                apiVersion: monitoring.coreos.com/v1
                kind: PrometheusRule
                metadata:
                  name: distributary
                  labels:
                    app.kubernetes.io/name: distributary
                spec:
                """.formatted(Monitoring.RULES)
                + rules.substring(rules.indexOf("groups:")).lines().map(line -> line.isEmpty() ? line : "  " + line)
                        .collect(Collectors.joining("\n", "", "\n"));
        Path file = Monitoring.FOLDER.resolve("prometheus-rule.yaml");
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(file, resource);
        }
        assertEquals(resource, Files.readString(file), file + " is not current. To regenerate it:"
                + " mvn test -Dtest=MonitoringTest -Ddocs.write=true");
    }

    @Test
    void thePanelsAreDistinctAndInTheirGrid() {
        JsonNode dashboard = Monitoring.read(Monitoring.DASHBOARD);
        List<JsonNode> panels = list(dashboard.get("panels"));
        assertEquals(panels.size(), panels.stream().map(panel -> panel.get("id").asInt()).distinct().count(), "ids");
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : panels) {
            String title = panel.get("title").asText();
            JsonNode grid = panel.get("gridPos");
            for (int x = grid.get("x").asInt(); x < grid.get("x").asInt() + grid.get("w").asInt(); x++) {
                assertTrue(x < 24, title + " is wider than the grid");
                for (int y = grid.get("y").asInt(); y < grid.get("y").asInt() + grid.get("h").asInt(); y++) {
                    assertTrue(cells.add(x + "," + y), title + " lies on another panel");
                }
            }
        }
    }

    @Test
    void everyPanelSaysWhatItIsWithAUnitAndAsksTheChosenDataSource() {
        list(Monitoring.read(Monitoring.DASHBOARD).get("panels")).stream().filter(panel -> !"row".equals(panel.get("type").asText()))
                .forEach(panel -> {
                    String title = panel.get("title").asText();
                    assertFalse(panel.path("description").asText().isBlank(), title);
                    assertFalse(panel.at("/fieldConfig/defaults/unit").asText().isBlank(), title);
                    assertFalse(panel.get("targets").isEmpty(), title);
                    assertEquals("${datasource}", panel.at("/datasource/uid").asText(), title);
                    list(panel.get("targets")).forEach(target -> assertEquals(panel.get("datasource"), target.get("datasource"), title));
                    assertEquals(panel.get("targets").size(), list(panel.get("targets")).stream()
                            .map(target -> target.get("refId").asText()).distinct().count(), title);
                });
    }

    @Test
    void everyVariableIsThereAndUsed() {
        JsonNode dashboard = Monitoring.read(Monitoring.DASHBOARD);
        List<String> defined = list(dashboard.at("/templating/list")).stream().map(variable -> variable.get("name").asText()).toList();
        Set<String> used = Stream.of(dashboard.get("panels"), dashboard.get("templating")).map(JsonNode::toString)
                .flatMap(text -> VARIABLE.matcher(text).results()).map(found -> found.group(1))
                .filter(name -> !name.startsWith("__")).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(defined), used);
        assertTrue(defined.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting())).values().stream()
                .allMatch(count -> count == 1), defined::toString);
    }

    @Test
    void theNamesOfAnExpressionAreFound() {
        PromQl query = PromQl.of("sum by (route, target) (rate(a_total{job=\"x (y)\", z=~\"b\"}[5m])) / on (k) b > 1e3"
                + " or (c unless c offset 1h) and max(d) without (shard)");
        assertEquals(Map.of("a_total", Set.of("job", "z"), "b", Set.of(), "c", Set.of(), "d", Set.of()), query.metrics());
        assertEquals(Set.of("route", "target", "k", "shard"), query.grouping());
    }

    @Test
    void whatAnInstanceDoesNotExposeIsNamed() {
        Exposition exposition = new Exposition("# TYPE a counter\na_total{x=\"1\"} 2.0\nb 3.0\n");
        assertEquals(List.of(), exposition.missing(new Monitoring.Expression("w", "sum by (x) (a_total{x=\"1\", job=\"j\"}) + b + up", Set.of("x"))));
        assertEquals(List.of("w: a_total{y}", "w: c", "w: label q", "w: label z"),
                exposition.missing(new Monitoring.Expression("w", "sum by (z) (a_total{y=\"1\"}) + c", Set.of("q"))));
    }

    private static List<JsonNode> rules() {
        return list(Monitoring.read(Monitoring.RULES).get("groups")).stream().flatMap(group -> list(group.get("rules")).stream()).toList();
    }
}
