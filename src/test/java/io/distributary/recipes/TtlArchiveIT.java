package io.distributary.recipes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@WithSandbox({Service.DYNAMODB, Service.SNS, Service.SQS})
class TtlArchiveIT {
    /** DynamoDB Local looks for expired items every 20 seconds or so. */
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String DIGITS = "12345678901234567890123456789012345678";

    private final Stack stack;

    @TempDir
    private Path folder;

    TtlArchiveIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void whatExpiredIsArchivedOnceWithAllThatWasInItAndNothingElseIs() throws Exception {
        Items sessions = new Items(stack, Stack.uniqueName("sessions"));
        stack.dynamoDb().updateTimeToLive(update -> update.tableName(sessions.table)
                .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("expires_at")));
        String topic = Stack.uniqueName("archive");
        SqsInbox subscriber = new SqsInbox(stack, Stack.uniqueName("archive-inbox")).subscribedTo(topic);
        Path file = folder.resolve("archive/ttl.jsonl");
        RecipeRun toFile = recipe(folder.resolve("file"), sessions).set("ARCHIVE_URI", "kamelet:distributary-file-sink?file=" + file);
        RecipeRun toTopic = recipe(folder.resolve("topic"), sessions).set("ARCHIVE_URI", "kamelet:distributary-sns-sink?topic=" + topic);
        sessions.put("A", "expired", expiring(Instant.now().minusSeconds(60)));
        sessions.put("B", "expired", expiring(Instant.now().minusSeconds(60)));
        sessions.put("C", "removed", expiring(Instant.now().plusSeconds(3600)));
        sessions.put("D", "stays", expiring(Instant.now().plusSeconds(3600)));
        sessions.remove("C", "removed");
        Main first = toFile.start();
        Main second = toTopic.start();
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(2, lines(file).size()));
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(2, subscriber.look().size()));
        } finally {
            first.stop();
            second.stop();
        }
        first = toFile.start();
        try {
            sessions.put("E", "expired", expiring(Instant.now().minusSeconds(60)));
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(3, lines(file).size()));
        } finally {
            first.stop();
        }

        for (String line : lines(file)) {
            JsonNode item = new ObjectMapper().readTree(line);
            assertEquals(List.of("REMOVE", true), List.of(item.get("event_name").asText(), item.get("ttl_delete").asBoolean()));
            assertTrue(line.contains("\"total\":" + DIGITS), line);
        }
        assertEquals(List.of("A", "B", "E"), lines(file).stream().map(TtlArchiveIT::partitionKey).sorted().toList());
        assertEquals(List.of("A", "B"), subscriber.look().stream().map(message -> partitionKey(message.body())).sorted().toList());
        assertEquals(List.of(), toFile.deadLetters.look());
        assertEquals(List.of(), toTopic.deadLetters.look());
    }

    @Test
    void anItemThatTheFileDoesNotTakeIsADeadLetter() throws Exception {
        Items sessions = new Items(stack, Stack.uniqueName("sessions"));
        stack.dynamoDb().updateTimeToLive(update -> update.tableName(sessions.table)
                .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("expires_at")));
        Path folderInItsPlace = Files.createDirectories(folder.resolve("archive.jsonl"));
        RecipeRun archive = recipe(folder.resolve("file"), sessions).set("ARCHIVE_URI", "kamelet:distributary-file-sink?file=" + folderInItsPlace);
        sessions.put("A", "expired", expiring(Instant.now().minusSeconds(60)));
        Main application = archive.start();
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(1, archive.deadLetters.look().size()));
        } finally {
            application.stop();
        }
        String dead = archive.deadLetters.look().get(0).body();
        assertTrue(dead.contains(DIGITS) && dead.contains("\"target\":\"kamelet:distributary-file-sink?file="), dead);
    }

    private RecipeRun recipe(Path folder, Items sessions) throws IOException {
        return new RecipeRun(stack, folder, "ttl-archive").set("ARCHIVE_TABLE", sessions.table);
    }

    private static Map<String, AttributeValue> expiring(Instant when) {
        return Map.of("expires_at", AttributeValue.fromN(Long.toString(when.getEpochSecond())), "total", AttributeValue.fromN(DIGITS));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static String partitionKey(String json) {
        try {
            return new ObjectMapper().readTree(json).at("/keys/pk").asText();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
