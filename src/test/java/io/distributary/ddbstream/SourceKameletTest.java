package io.distributary.ddbstream;

import java.beans.Introspector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.distributary.event.ChangeEvent;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** The source as a kamelet: what its properties set, and that it acknowledges as the source without it does. */
class SourceKameletTest extends LocalTableRoutes {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path KAMELET = Path.of("kamelets/distributary-ddb-streams-source.kamelet.yaml");

    @TempDir
    Path folder;

    private final List<Exchange> seen = new CopyOnWriteArrayList<>();

    @Test
    void changesArriveInOrderUnderTheIdOfTheRouteThatUsesIt() throws Exception {
        tables.createTable(table, true);
        for (int n = 1; n <= 3; n++) {
            for (int item = 0; item < 20; item++) {
                tables.put(table, "ORDER#" + item, n);
            }
        }
        route(Map.of("streamIteratorType", "FROM_START"), exchange -> {
            seen.add(exchange);
            deliveries.process(exchange);
        });
        await().atMost(PATIENCE).until(() -> deliveries.total() == 60);
        deliveries.assertAllInOrder(20, 3);
        await().atMost(PATIENCE).until(() -> checkpointFiles().stream().anyMatch(file -> file.startsWith("relay--")));
        camel.stop();

        tables.put(table, "ORDER#1", 4);
        route(Map.of("streamIteratorType", "FROM_START"), deliveries);
        await().atMost(PATIENCE).until(() -> deliveries.total() > 60);
        assertEquals(61, deliveries.total(), "the checkpoint was found again");
    }

    @Test
    void aRouteThatFailsPinsTheCheckpoint() throws Exception {
        tables.createTable(table, true);
        for (int item = 0; item < 10; item++) {
            tables.put(table, "ORDER#" + item, 1);
        }
        Processor refuses = exchange -> {
            seen.add(exchange);
            if (exchange.getMessage().getBody(ChangeEvent.class).partitionKey().equals("ORDER#3")) {
                throw new IllegalStateException("refused");
            }
            deliveries.process(exchange);
        };
        route(Map.of("streamIteratorType", "FROM_START", "checkpointInterval", "20"), refuses);
        await().atMost(PATIENCE).until(() -> deliveries.total() == 9 && seen.size() >= 12);
        camel.stop();

        route(Map.of("streamIteratorType", "FROM_START"), deliveries);
        await().atMost(PATIENCE).until(() -> deliveries.byItem().containsKey("ORDER#3"));
        assertFalse(deliveries.byItem().get("ORDER#0").size() > 1, "what came before the failed one was acknowledged");
        deliveries.assertAllInOrder(10, 1);
    }

    @Test
    void aBatchIsAcknowledgedAsAWhole() throws Exception {
        tables.createTable(table, true);
        for (int item = 0; item < 10; item++) {
            tables.put(table, "ORDER#" + item, 1);
        }
        route(Map.of("streamIteratorType", "FROM_START", "exchangeMode", "BATCH", "batchSize", "10", "batchWindow", "100"), seen::add);
        await().atMost(PATIENCE).until(() -> !seen.isEmpty());
        assertEquals(10, seen.get(0).getMessage().getBody(List.class).size());
    }

    @Test
    void whatIsGivenUpGoesToTheDeadLetterUri() throws Exception {
        tables.createTable(table, true);
        tables.put(table, "ORDER#1", 1);
        Path letters = folder.resolve("letters.jsonl");
        route(Map.of("streamIteratorType", "FROM_START", "maxAttempts", "2",
                "deadLetterUri", "RAW(kamelet:distributary-dead-letter-file-sink?file=" + letters + ")"), exchange -> {
                    throw new IllegalStateException("refused");
                });
        await().atMost(PATIENCE).until(() -> Files.exists(letters) && Files.readAllLines(letters).size() == 1);
        JsonNode letter = new YAMLMapper().readTree(Files.readString(letters));
        assertEquals(2, letter.get("attempts").asInt());
        assertEquals("relay", letter.get("route_id").asText());
    }

    @Test
    void everyPropertyReachesTheSource() throws Exception {
        tables.createTable(table, true);
        Map<String, String> values = new TreeMap<>(Map.ofEntries(
                Map.entry("applicationName", "billing"), Map.entry("streamIteratorType", "FROM_START"),
                Map.entry("startTimestamp", "2026-01-31T12:00:00Z"), Map.entry("region", "eu-west-1"),
                Map.entry("minPollInterval", "11"), Map.entry("maxPollInterval", "12"), Map.entry("shardRefreshInterval", "13"),
                Map.entry("maxInFlight", "14"), Map.entry("exchangeMode", "BATCH"), Map.entry("batchSize", "9"),
                Map.entry("batchWindow", "15"), Map.entry("checkpointStore", "FILE"), Map.entry("checkpointTable", "cp-table"),
                Map.entry("checkpointBucket", "cp-bucket"), Map.entry("checkpointInterval", "16"), Map.entry("onGap", "CONTINUE"),
                Map.entry("maxAttempts", "17"), Map.entry("maxRecordAge", "18"), Map.entry("deadLetterUri", "mock:given-up")));
        values.put("checkpointDirectory", checkpoints.toString());
        values.put("table", table);
        assertEquals(properties().keySet(), values.keySet(), "every property is set here");
        route(values, seen::add);
        Map<String, String> configured = configuration(((DdbStreamEndpoint) camel.getEndpoints().stream()
                .filter(DdbStreamEndpoint.class::isInstance).findFirst().orElseThrow()).getConfiguration());
        values.forEach((name, value) -> assertEquals(value, configured.get(name.equals("table") ? "tableName" : name), name));
    }

    @Test
    void theDefaultsAreThoseOfTheSource() throws Exception {
        Map<String, String> configured = configuration(new DdbStreamConfiguration());
        properties().forEach((name, property) -> assertEquals(configured.getOrDefault(name, ""), property.path("default").asText(), name));
    }

    private static Map<String, JsonNode> properties() throws Exception {
        Map<String, JsonNode> properties = new TreeMap<>();
        new YAMLMapper().readTree(Files.readString(KAMELET)).at("/spec/definition/properties").properties()
                .forEach(each -> properties.put(each.getKey(), each.getValue()));
        return properties;
    }

    private static Map<String, String> configuration(DdbStreamConfiguration configuration) throws Exception {
        Map<String, String> values = new TreeMap<>();
        for (var property : Introspector.getBeanInfo(DdbStreamConfiguration.class).getPropertyDescriptors()) {
            Object value = property.getReadMethod() == null ? null : property.getReadMethod().invoke(configuration);
            if (value != null) {
                values.put(property.getName(), value.toString());
            }
        }
        return values;
    }

    private List<String> checkpointFiles() throws Exception {
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void route(Map<String, String> properties, Processor target) throws Exception {
        context();
        KameletComponent kamelets = camel.getComponent("kamelet", KameletComponent.class);
        kamelets.setLocation("file:kamelets");
        kamelets.setNoErrorHandler(true);
        camel.getRegistry().bind("target", target);
        Map<String, String> all = new TreeMap<>(Map.of("table", table, "checkpointDirectory", checkpoints.toString(), "maxPollInterval", "50"));
        all.putAll(properties);
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("relay.camel.yaml", """
                - route:
                    id: relay
                    errorHandler: {noErrorHandler: {}}
                    from:
                      uri: kamelet:distributary-ddb-streams-source
                      parameters:
                %s
                      steps:
                        - process:
                            ref: target
                """.formatted(all.entrySet().stream().map(each -> "        " + each.getKey() + ": \"" + each.getValue() + "\"")
                .collect(Collectors.joining("\n")))));
        camel.start();
    }
}
