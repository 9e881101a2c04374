package io.distributary.ddbstream;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.event.BatchItemFailuresException;
import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import io.distributary.event.ChangeEventHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Batches from DynamoDB Local through real routes, and records given up to a dead letter kamelet. */
class DdbStreamBatchTest extends LocalTableRoutes {
    private static final String POISON = "ORDER#37";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** What a target took, by item, in order. */
    private final Map<String, List<Integer>> taken = new TreeMap<>();

    @Test
    void aBatchCarriesItsEventsInOrderAndWhatTheyShare() throws Exception {
        tables.createTable(table, true);
        List<Exchange> seen = new ArrayList<>();
        for (int item = 0; item < 5; item++) {
            tables.put(table, "ORDER#" + item, 1);
        }
        tables.put(table, "ORDER#0", 2);
        start(javaRoute("&streamIteratorType=FROM_START&exchangeMode=BATCH", exchange -> {
            synchronized (seen) {
                seen.add(exchange);
            }
            take(exchange, event -> true);
        }));
        await().atMost(PATIENCE).until(() -> taken(6));
        Exchange first = seen.get(0);
        List<?> events = first.getMessage().getBody(List.class);
        assertEquals(5, events.size());
        assertSame(events, first.getProperty(ChangeEventBatch.EXCHANGE_PROPERTY));
        assertThrows(UnsupportedOperationException.class, () -> events.remove(0));
        ChangeEvent event = (ChangeEvent) events.get(0);
        assertEquals(Map.of(ChangeEventHeaders.EVENT_SOURCE, "aws:dynamodb", ChangeEventHeaders.TABLE_NAME, table,
                ChangeEventHeaders.STREAM_ARN, event.source().streamArn(), ChangeEventHeaders.SHARD_ID, event.source().shardId(),
                ChangeEventHeaders.BATCH_SIZE, 5), first.getMessage().getHeaders());
        assertNull(first.getProperty(ChangeEvent.EXCHANGE_PROPERTY));
        Exchange single = seen.get(1);
        assertEquals(1, single.getMessage().getHeader(ChangeEventHeaders.BATCH_SIZE));
        assertSame(single.getMessage().getBody(List.class).get(0), single.getProperty(ChangeEvent.EXCHANGE_PROPERTY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"collection", "map", "json", "exception"})
    void onlyTheRecordsReportedAreDeliveredAgain(String form) throws Exception {
        tables.createTable(table, true);
        Set<String> failedOnce = ConcurrentHashMap.newKeySet();
        for (int item = 0; item < 20; item++) {
            tables.put(table, "ORDER#" + item, 1);
        }
        start(javaRoute("&streamIteratorType=FROM_START&exchangeMode=BATCH&batchSize=20", exchange -> {
            List<ChangeEvent> failed = take(exchange, event -> !event.partitionKey().endsWith("5") || !failedOnce.add(event.partitionKey()));
            if (!failed.isEmpty()) {
                report(exchange, form, failed);
            }
        }));
        await().atMost(PATIENCE).until(() -> taken(20));
        assertEquals(Set.of("ORDER#5", "ORDER#15"), failedOnce);
        taken.forEach((item, values) -> assertEquals(List.of(1), values, item));
    }

    private static void report(Exchange exchange, String form, List<ChangeEvent> failed) throws Exception {
        switch (form) {
            case "collection" -> exchange.setProperty(ChangeEventHeaders.BATCH_ITEM_FAILURES,
                    failed.stream().map(ChangeEvent::sequenceNumber).toList());
            case "map" -> exchange.getMessage().setHeader(ChangeEventHeaders.BATCH_ITEM_FAILURES, reasons(failed));
            case "json" -> exchange.getMessage().setHeader(ChangeEventHeaders.BATCH_ITEM_FAILURES, failed.stream()
                    .map(event -> "{\"itemIdentifier\":\"" + event.sequenceNumber() + "\"}")
                    .collect(Collectors.joining(",", "{\"batchItemFailures\":[", "]}")));
            default -> throw new IllegalStateException(new BatchItemFailuresException(reasons(failed)));
        }
    }

    private static Map<String, Throwable> reasons(List<ChangeEvent> failed) {
        Map<String, Throwable> reasons = new LinkedHashMap<>();
        failed.forEach(event -> reasons.put(event.eventId(), new IllegalArgumentException("refused " + event.partitionKey())));
        return reasons;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withTheShippedErrorHandlingOneBadRecordOfAHundredBecomesADeadLetterByItself(boolean reporting) throws Exception {
        tables.createTable(table, true);
        for (int n = 1; n <= 3; n++) {
            for (int item = 0; item < 100; item++) {
                tables.put(table, "ORDER#" + item, n);
            }
        }
        shippedContext();
        camel.getRegistry().bind("target", (Processor) exchange -> {
            List<ChangeEvent> failed = reporting ? take(exchange, event -> !isPoison(event))
                    : events(exchange).stream().filter(DdbStreamBatchTest::isPoison).toList();
            if (!failed.isEmpty()) {
                throw reporting ? new BatchItemFailuresException(reasons(failed)) : new IllegalArgumentException("one is refused");
            }
            if (!reporting) {
                take(exchange, event -> true);
            }
        });
        load(route("exchangeMode: batch", "routeConfigurationId: error-handling"));
        camel.start();
        await().atMost(PATIENCE).until(() -> taken(299) && letters().size() == 1);
        JsonNode letter = letters().get(0);
        assertEquals(POISON + "|METADATA", letter.get("item_key").asText());
        assertEquals("2", letter.at("/record/dynamodb/NewImage/n/N").asText());
        assertEquals("relay", letter.get("route_id").asText());
        assertEquals(5, letter.get("attempts").asInt(), "those of the lone record");
        await().atMost(PATIENCE).until(() -> List.of(1, 3).equals(taken(POISON)));
        for (int item = 0; item < 100; item++) {
            String key = "ORDER#" + item;
            assertEquals(key.equals(POISON) ? List.of(1, 3) : List.of(1, 2, 3), taken(key), key);
        }
        assertEquals(1, letters().size());
    }

    @Test
    void aRecordThatFailsTooOftenGoesToDeadLetterUriAndItsItemGoesOn() throws Exception {
        tables.createTable(table, true);
        for (int n = 1; n <= 3; n++) {
            tables.put(table, POISON, n);
        }
        shippedContext();
        Path parent = folder.resolve("dead");
        Files.writeString(parent, "in the way of the folder");
        camel.getRegistry().bind("target", (Processor) exchange -> {
            if (isPoison(exchange.getMessage().getBody(ChangeEvent.class))) {
                throw new IllegalArgumentException("refused for good");
            }
            deliveries.process(exchange);
        });
        load(route("maxAttempts: 3", "errorHandler: {noErrorHandler: {}}",
                "deadLetterUri: \"kamelet:distributary-dead-letter-file-sink?file=" + parent.resolve("letters.jsonl") + "\""));
        camel.start();
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> deliveries.total() == 1);
        Files.delete(parent);
        await().atMost(PATIENCE).until(() -> deliveries.total() == 2);
        JsonNode letter = letters(parent.resolve("letters.jsonl")).get(0);
        assertEquals(3, letter.get("attempts").asInt());
        assertEquals("relay", letter.get("route_id").asText());
        assertFalse(letter.has("target"));
        assertEquals("refused for good", letter.at("/exception/message").asText());
        assertEquals("2", letter.at("/record/dynamodb/NewImage/n/N").asText());
        assertTrue(letter.get("first_failed_at").asText().compareTo(letter.get("last_failed_at").asText()) < 0);
        assertEquals(1, letters(parent.resolve("letters.jsonl")).size());
    }

    private static boolean isPoison(ChangeEvent event) {
        return event.partitionKey().equals(POISON) && event.newImage().get("n").n().equals("2");
    }

    private void shippedContext() {
        context();
        Map<String, String> settings = Map.of("dead-letter.redelivery-delay", "1", "dead-letter.uri",
                "kamelet:distributary-dead-letter-file-sink?file=" + folder.resolve("letters.jsonl"));
        settings.forEach(camel.getPropertiesComponent()::addInitialProperty);
        KameletComponent kamelets = camel.getComponent("kamelet", KameletComponent.class);
        kamelets.setLocation("file:kamelets");
        kamelets.setNoErrorHandler(true);
    }

    /** @param options of the source as "name: value", and of the route where their name is one of its own */
    private Resource route(String... options) {
        Map<Boolean, List<String>> byPlace = Arrays.stream(options)
                .collect(Collectors.partitioningBy(option -> option.matches("(routeConfigurationId|errorHandler).*")));
        return ResourceHelper.fromString("relay.camel.yaml", """
                - route:
                    id: relay
                    %s
                    from:
                      uri: aws2-ddbstream
                      parameters:
                        tableName: %s
                        checkpointDirectory: %s
                        streamIteratorType: FROM_START
                        delay: 20
                        %s
                      steps:
                        - process:
                            ref: target
                """.formatted(String.join("\n    ", byPlace.get(true)), table, checkpoints,
                String.join("\n        ", byPlace.get(false))));
    }

    private void load(Resource route) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(
                ResourceHelper.resolveResource(camel, "file:routes/error-handling.camel.yaml"), route);
    }

    @SuppressWarnings("unchecked")
    private static List<ChangeEvent> events(Exchange exchange) {
        return exchange.getMessage().getBody(List.class);
    }

    /** Takes the records that it accepts, each batch in order, and returns the others. */
    private List<ChangeEvent> take(Exchange exchange, Predicate<ChangeEvent> accepts) {
        List<ChangeEvent> refused = new ArrayList<>();
        Set<String> items = new TreeSet<>();
        synchronized (taken) {
            for (ChangeEvent event : events(exchange)) {
                assertTrue(items.add(event.itemKey()), "twice in a batch: " + event.itemKey());
                if (accepts.test(event)) {
                    taken.computeIfAbsent(event.partitionKey(), item -> new ArrayList<>())
                            .add(Integer.parseInt(event.newImage().get("n").n()));
                } else {
                    refused.add(event);
                }
            }
        }
        return refused;
    }

    private List<Integer> taken(String item) {
        synchronized (taken) {
            return List.copyOf(taken.getOrDefault(item, List.of()));
        }
    }

    private boolean taken(int records) {
        synchronized (taken) {
            return taken.values().stream().mapToInt(List::size).sum() >= records;
        }
    }

    private List<JsonNode> letters() throws Exception {
        return letters(folder.resolve("letters.jsonl"));
    }

    private static List<JsonNode> letters(Path file) throws Exception {
        List<JsonNode> letters = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                letters.add(new ObjectMapper().readTree(line));
            }
        }
        return letters;
    }
}
