package io.distributary.recipes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.LogLines;
import io.distributary.opensearch.OpenSearchEndpoint;
import io.distributary.sandbox.SandboxException;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@WithSandbox({Service.DYNAMODB, Service.OPENSEARCH, Service.SQS})
class OpenSearchSyncIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;
    private Items music;
    private String index;
    private RecipeRun sync;

    @TempDir
    private Path folder;

    OpenSearchSyncIT(Stack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void table() throws Exception {
        music = new Items(stack, Stack.uniqueName("music"));
        index = Stack.uniqueName("artists");
        sync = new RecipeRun(stack, folder, "opensearch-sync").set("SYNC_TABLE", music.table).set("SYNC_INDEX", index);
    }

    @Test
    void theIndexFollowsTheArtistsAndNothingElse() throws Exception {
        try (LogLines log = LogLines.of("io.distributary.recipes.opensearch-sync")) {
            music.put("ARTIST#1", "METADATA", artist("Nina", "1"));
            music.put("ARTIST#1", "ALBUM#1", artist("an album", "1"));
            music.put("LABEL#1", "METADATA", artist("a label", "1"));
            music.put("ARTIST#2", "METADATA", artist("Miles", "2"));
            music.put("ARTIST#3", "METADATA", artist("gone at the target", "3"));
            Main application = sync.start();
            try {
                // a new index refuses to be read for a moment
                await().atMost(PATIENCE).ignoreExceptionsInstanceOf(SandboxException.class).until(() -> document("ARTIST#3|METADATA").isPresent());
                assertEquals(200, stack.openSearch().send("DELETE", "/" + index + "/_doc/ARTIST%233%7CMETADATA", null).status());
                music.remove("ARTIST#3", "METADATA");
                music.remove("ARTIST#2", "METADATA");
                music.put("ARTIST#1", "METADATA", artist("Nina Simone", "7"));
                await().atMost(PATIENCE).until(() -> document("ARTIST#1|METADATA").filter(found -> found.at("/rank").asInt() == 7).isPresent()
                        && document("ARTIST#2|METADATA").isEmpty() && count(log, "REMOVE ARTIST#3|METADATA") == 1);
            } finally {
                application.stop(); // when all has been acknowledged
            }

            assertEquals(new ObjectMapper().readTree("""
                    {"artist_name": "Nina Simone", "rank": 7, "country": "US", "genres": ["jazz", "soul"], "pk": "ARTIST#1", "sk": "METADATA"}"""),
                    document("ARTIST#1|METADATA").orElseThrow());
            assertEquals(1, stack.openSearch().count(index));
            assertEquals(List.of(), sync.deadLetters.look());
            String change = log.lines().stream().filter(line -> line.contains("MODIFY")).findFirst().orElseThrow();
            assertTrue(change.matches("INFO correlation_id=[0-9a-f-]+ MODIFY ARTIST#1\\|METADATA changed=\\[name, popularity]"), change);
            assertEquals(6, log.lines().size(), log.lines()::toString);
        }
    }

    @Test
    void aDocumentThatIsRefusedBecomesADeadLetterAndTheOthersGoOn() {
        stack.openSearch().send("PUT", "/" + index, "{\"mappings\":{\"properties\":{\"rank\":{\"type\":\"integer\"}}}}");
        music.put("ARTIST#1", "METADATA", Map.of("name", AttributeValue.fromS("bad"), "popularity", AttributeValue.fromS("high")));
        music.put("ARTIST#2", "METADATA", artist("good", "2"));
        Main application = sync.start();
        try {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertTrue(document("ARTIST#2|METADATA").isPresent());
                assertEquals(1, sync.deadLetters.look().size());
            });
        } finally {
            application.stop();
        }
        assertTrue(sync.deadLetters.look().get(0).body().contains("failed to parse field [rank]"), sync.deadLetters.look()::toString);
    }

    @Test
    void theSizeOfABatchAndItsWindowAreThoseOfTheEnvironment() {
        sync.set("BATCH_SIZE", "7").set("BATCH_WINDOW_MS", "50");
        Main application = sync.start();
        try {
            OpenSearchEndpoint endpoint = application.getCamelContext().getEndpoints().stream()
                    .filter(OpenSearchEndpoint.class::isInstance).map(OpenSearchEndpoint.class::cast).findFirst().orElseThrow();
            assertEquals(List.of(7, 50L), List.of(endpoint.getConfiguration().getMaxBulkActions(), endpoint.getConfiguration().getLinger()));
        } finally {
            application.stop();
        }
    }

    private Optional<JsonNode> document(String id) {
        return stack.openSearch().get(index, id).map(found -> found.get("_source"));
    }

    private static long count(LogLines log, String text) {
        return log.lines().stream().filter(line -> line.contains(text)).count();
    }

    private static Map<String, AttributeValue> artist(String name, String popularity) {
        return Map.of("name", AttributeValue.fromS(name), "popularity", AttributeValue.fromN(popularity), "country", AttributeValue.fromS("US"),
                "genres", AttributeValue.fromSs(List.of("soul", "jazz")), "internal_notes", AttributeValue.fromS("not for search"));
    }
}
