package io.distributary.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.distributary.sandbox.Promtool;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What docs/metrics.md says of the meters, against what the packaged application exposes. */
@WithSandbox({Service.DYNAMODB, Service.SQS, Service.SNS, Service.NATS, Service.OPENSEARCH})
class MetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (distributary_\\w+) (\\w+)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(distributary_\\w+)` \\| (\\w+) \\|");

    @TempDir
    Path folder;

    @Test
    void thePageHasTheMetersOfARunningInstanceAndTheyCount(Stack stack) throws Exception {
        try (Flagship flagship = new Flagship(stack, folder)) {
            put(stack, flagship.table, "ORDER#1", AttributeValue.fromN("12.5"));
            await().atMost(PATIENCE).until(() -> scrape(flagship).contains("distributary_target_latency_seconds_count{component=\"opensearch\",target=\""
                    + flagship.table + "\"} 1"));
            put(stack, flagship.table, "ORDER#2", AttributeValue.fromS("twelve")); // the index maps a number by now
            await().atMost(PATIENCE).until(() -> value(flagship, "distributary_dead_letters_total", "") == 1);
            await().atMost(PATIENCE).until(() -> value(flagship, "distributary_route_records_total", "outcome=\"delivered\"") == 2);
            String text = scrape(flagship);
            assertEquals(documented("meters: tested against a running instance", "/meters"), exposed(text));
            assertTrue(text.contains("distributary_dead_letters_total{route=\"orders-fanout\",target=\"kamelet:distributary-opensearch-sink\"}"),
                    text);
            assertEquals(2, value(flagship, "distributary_source_records_total", "route=\"orders-fanout\",table=\"" + flagship.table));
            assertTrue(value(flagship, "distributary_source_lag_milliseconds", "") < PATIENCE.toMillis(), text);
            assertEquals(1, value(flagship, "distributary_source_shards", ""));
            String route = "route=\"orders-fanout\",target=\"" + flagship.table;
            assertEquals(2, value(flagship, "distributary_target_records_total", "component=\"aws2-sqs\",outcome=\"delivered\"," + route + "\""));
            assertEquals(1, value(flagship, "distributary_target_records_total", "component=\"opensearch\",outcome=\"delivered\"," + route));
            assertTrue(value(flagship, "distributary_target_records_total", "component=\"opensearch\",outcome=\"failed\"," + route) >= 1, text);
            theMonitoringNamesNothingElse(new Exposition(text));
        }
    }

    private void theMonitoringNamesNothingElse(Exposition exposition) throws Exception {
        List<Monitoring.Expression> panels = Monitoring.panels();
        assertEquals(List.of(), Stream.of(Monitoring.alerts(), panels, Monitoring.variables()).flatMap(List::stream)
                .flatMap(expression -> exposition.missing(expression).stream()).toList());
        String cases = panels.stream().map(panel -> "      - {eval_time: 10m, expr: '(count(" + panel.query()
                + ") > bool 0) or vector(0)', exp_samples: [{labels: '{}', value: 1}]}\n").collect(Collectors.joining());
        Files.writeString(folder.resolve("panels.yaml"), "evaluation_interval: 1m\ntests:\n  - interval: 1m\n    input_series:\n"
                + exposition.inputSeries() + "    promql_expr_test:\n" + cases);
        Promtool.Result result = Promtool.findOrSkip().run(folder, "test", "rules", "panels.yaml");
        assertEquals(0, result.status(), () -> "a panel shows nothing: " + result.output());
    }

    @Test
    void theMetersOnUseAreThoseOfTheCode() throws IOException {
        String source;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            source = files.filter(file -> file.toString().endsWith(".java")).map(MetricsIT::read).collect(Collectors.joining());
        }
        documented("meters on use", "/meters on use").keySet().forEach(name ->
                assertTrue(source.contains('"' + name.replaceFirst("_total$", "").replace('_', '.') + '"'), name));
    }

    private static void put(Stack stack, String table, String order, AttributeValue total) {
        stack.dynamoDb().putItem(put -> put.tableName(table).item(Map.of("pk", AttributeValue.fromS(order),
                "sk", AttributeValue.fromS("METADATA"), "total", total)));
    }

    private static String scrape(Flagship flagship) throws IOException, InterruptedException {
        return flagship.get("/observe/metrics").body();
    }

    /** The sum of a meter's series with these tags; NaN where there is none. */
    private static double value(Flagship flagship, String name, String tags) throws IOException, InterruptedException {
        return scrape(flagship).lines().filter(line -> line.startsWith(name + "{") && line.contains(tags))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce(Double::sum).orElse(Double.NaN);
    }

    /** Names and types; the greatest value of a summary is part of it. */
    private static Map<String, String> exposed(String text) {
        Map<String, String> types = types(TYPE.matcher(text));
        types.keySet().removeIf(name -> name.endsWith("_max") && "summary".equals(types.get(name.replaceFirst("_max$", ""))));
        return types;
    }

    private static Map<String, String> documented(String begin, String end) {
        String page = read(Path.of("docs/metrics.md"));
        return types(ROW.matcher(page.substring(page.indexOf("<!-- " + begin), page.indexOf("<!-- " + end))));
    }

    private static Map<String, String> types(Matcher found) {
        return found.results().collect(Collectors.toMap(row -> row.group(1), row -> row.group(2), (one, other) -> one, TreeMap::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
