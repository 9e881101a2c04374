package io.distributary.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import io.distributary.event.EventFormat;
import io.distributary.event.ChangeEvent;
import io.distributary.sandbox.Stack;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** The shipped routes, kamelets and settings, in YAML and in Java, from a table to all four targets of a stack. */
abstract class OrdersFanoutContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;

    @TempDir
    private Path checkpoints;

    OrdersFanoutContract(Stack stack) {
        this.stack = stack;
    }

    @ParameterizedTest(name = "Java DSL {0}, FIFO {1}")
    @CsvSource({"false, false", "true, false", "false, true"})
    void everyChangeArrivesOnceWhereItShouldAndThePoisonBecomesADeadLetterForOneTarget(boolean java, boolean fifo) {
        Deliveries deliveries = new Deliveries(stack, fifo);
        Main application = start(deliveries, java);
        try {
            workload(deliveries.name);
            List<Record> records = deliveries.records();
            var forSns = ids(records, key -> key.startsWith("ORDER#"), "INSERT", "MODIFY");
            var forSqs = ids(records, key -> key.startsWith("ORDER#") || key.startsWith("PRODUCT#"));
            var forNats = ids(records, key -> !key.startsWith("AUDIT#"));
            var poisoned = ids(records, key -> key.equals("ORDER#poison"), "INSERT");

            await().atMost(PATIENCE).untilAsserted(() -> {
                deliveries.look();
                assertEquals(forSns, sorted(Deliveries.eventIds(deliveries.topic)), "SNS");
                assertEquals(forSqs, sorted(Deliveries.eventIds(deliveries.queue)), "SQS");
                assertEquals(forNats, sorted(deliveries.jetStreamEventIds()), "NATS");
                assertEquals(poisoned, sorted(Deliveries.eventIds(deliveries.deadLetters)), "dead letters");
            });
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(expectedDocuments(records), documents(deliveries.name, records)));

            perItemOrder(deliveries);
            attributes(deliveries);
            poison(deliveries);
        } finally {
            application.stop();
        }
    }

    @ParameterizedTest(name = "Java DSL {0}")
    @ValueSource(booleans = {false, true})
    void nothingIsLostWhileTheDeadLettersOwnQueueIsGone(boolean java) {
        Deliveries deliveries = new Deliveries(stack, false);
        Main application = start(deliveries, java);
        try {
            deliveries.deleteDeadLetterQueue();
            put(deliveries.name, "ORDER#poison", AttributeValue.fromS("not a number"));
            // at least twice at the queue: the whole exchange has failed and was delivered again
            await().atMost(PATIENCE).untilAsserted(() -> {
                deliveries.lookAtQueue();
                assertTrue(deliveries.queue.size() > 1, "delivered again");
            });
        } finally {
            application.stop();
        }
        deliveries.createDeadLetterQueue();
        Main restarted = start(deliveries, java);
        try {
            await().atMost(PATIENCE).untilAsserted(() -> {
                deliveries.lookForDeadLetters();
                assertEquals(1, new TreeSet<>(Deliveries.eventIds(deliveries.deadLetters)).size());
            });
        } finally {
            restarted.stop();
        }
    }

    /** The application as it is shipped, pointed at the stack. */
    private Main start(Deliveries deliveries, boolean java) {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:application.properties");
        main.configure().withRoutesIncludePattern("file:routes/*.camel.yaml").withJmxEnabled(false);
        Map<String, String> settings = new HashMap<>(stack.settings());
        settings.putAll(deliveries.settings());
        settings.put("camel.component.kamelet.location", "file:kamelets");
        settings.put("camel.component.aws2-ddbstream.checkpoint-directory", checkpoints.resolve(deliveries.name).toString());
        settings.put("distributary.java-routes", Boolean.toString(java));
        settings.put("dead-letter.redelivery-delay", "20");
        settings.put("camel.component.aws2-sqs.retry-timeout", "2000"); // the dead letters' queue is gone for longer than that
        settings.forEach(main::addOverrideProperty);
        main.start();
        return main;
    }

    /** Inserts, modifications and removals of every prefix, the poison among them. */
    private void workload(String table) {
        for (int i = 0; i < 12; i++) {
            put(table, "ORDER#" + i, AttributeValue.fromN(i + ".50"));
            put(table, "CUSTOMER#" + i, AttributeValue.fromN("12345678901234567890123456789012345678"));
            put(table, "PRODUCT#" + i, AttributeValue.fromN("1"));
            put(table, "AUDIT#" + i, AttributeValue.fromN("1"));
            if (i == 5) {
                put(table, "ORDER#poison", AttributeValue.fromS("not a number"));
            }
            if (i % 2 == 0) {
                put(table, "ORDER#" + i, AttributeValue.fromN(i + ".75"));
                put(table, "PRODUCT#" + i, AttributeValue.fromN("2"));
            }
            if (i % 3 == 0) {
                remove(table, "ORDER#" + i);
                remove(table, "CUSTOMER#" + i);
                remove(table, "PRODUCT#" + i);
            }
        }
        remove(table, "ORDER#poison"); // its document was never made
    }

    private void put(String table, String key, AttributeValue total) {
        stack.dynamoDb().putItem(put -> put.tableName(table).item(Map.of("pk", AttributeValue.fromS(key),
                "sk", AttributeValue.fromS("METADATA"), "total", total, "note", AttributeValue.fromS("é|\\"))));
    }

    private void remove(String table, String key) {
        stack.dynamoDb().deleteItem(delete -> delete.tableName(table)
                .key(Map.of("pk", AttributeValue.fromS(key), "sk", AttributeValue.fromS("METADATA"))));
    }

    private static List<String> ids(List<Record> records, Predicate<String> key, String... eventNames) {
        return sorted(records.stream()
                .filter(record -> key.test(record.dynamodb().keys().get("pk").s()))
                .filter(record -> eventNames.length == 0 || List.of(eventNames).contains(record.eventNameAsString()))
                .map(Record::eventID).toList());
    }

    private static List<String> sorted(List<String> ids) {
        return ids.stream().sorted().toList();
    }

    /** The last image of each order, product and customer. */
    private static Map<String, String> expectedDocuments(List<Record> records) {
        Map<String, String> documents = new TreeMap<>();
        for (Record record : records) {
            String key = record.dynamodb().keys().get("pk").s();
            if (!key.startsWith("AUDIT#")) {
                if (record.dynamodb().hasNewImage() && !key.equals("ORDER#poison")) {
                    documents.put(key + "|METADATA",
                            Deliveries.json(EventFormat.NATIVE_JSON.toJson(ChangeEvent.of(record, Changes.SOURCE))).toString());
                } else {
                    documents.remove(key + "|METADATA");
                }
            }
        }
        return documents;
    }

    private Map<String, String> documents(String index, List<Record> records) {
        Map<String, String> documents = new TreeMap<>();
        assertEquals(expectedDocuments(records).size(), stack.openSearch().count(index), "documents");
        for (String id : expectedDocuments(records).keySet()) {
            stack.openSearch().get(index, id).ifPresent(found -> documents.put(id, found.get("_source").toString()));
        }
        return documents;
    }

    /** JetStream keeps the order of arrival. */
    private static void perItemOrder(Deliveries deliveries) {
        Map<String, List<String>> byItem = new HashMap<>();
        deliveries.jetStream.forEach(message -> {
            JsonNode event = Deliveries.json(new String(message.getData(), java.nio.charset.StandardCharsets.UTF_8));
            byItem.computeIfAbsent(event.get("keys").toString(), key -> new ArrayList<>()).add(event.get("sequence_number").asText());
        });
        byItem.forEach((item, sequence) -> assertEquals(sorted(sequence), sequence, item));
    }

    private static void attributes(Deliveries deliveries) {
        for (var messages : List.of(deliveries.queue, deliveries.topic)) {
            messages.forEach(message -> {
                JsonNode event = Deliveries.json(message.body());
                for (String name : List.of("event_id", "event_name", "table_name")) {
                    assertEquals(event.get(name).asText(), message.messageAttributes().get(name).stringValue(), name);
                }
                assertEquals(List.of(), message.messageAttributes().keySet().stream().filter(name -> name.startsWith("Camel")).toList());
            });
        }
        deliveries.jetStream.forEach(message -> {
            JsonNode event = Deliveries.json(new String(message.getData(), java.nio.charset.StandardCharsets.UTF_8));
            assertEquals(event.get("event_id").asText(), message.getHeaders().getFirst("Nats-Msg-Id"));
            assertEquals(event.get("event_name").asText(), message.getHeaders().getFirst("event_name"));
            assertEquals(List.of(), message.getHeaders().keySet().stream().filter(name -> name.startsWith("Camel")).toList());
            assertEquals(deliveries.name + "." + deliveries.name, message.getSubject());
        });
    }

    private static void poison(Deliveries deliveries) {
        assertEquals(Set.of("event_id", "event_name", "table_name", "route_id"),
                deliveries.deadLetters.get(0).messageAttributes().keySet());
        JsonNode letter = Deliveries.json(deliveries.deadLetters.get(0).body());
        assertEquals("kamelet:distributary-opensearch-sink?index=" + deliveries.name, letter.get("target").asText());
        assertTrue(letter.get("endpoint").asText().startsWith("opensearch://"), letter::toString);
        assertEquals(1, letter.get("attempts").asInt(), "a refused document is not tried again");
        assertTrue(letter.at("/exception/message").asText().contains("failed to parse field [total]"), letter::toString);
        assertEquals("not a number", letter.at("/record/dynamodb/NewImage/total/S").asText());
    }
}
