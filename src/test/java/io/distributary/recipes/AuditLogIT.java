package io.distributary.recipes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.nats.client.Message;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@WithSandbox({Service.DYNAMODB, Service.NATS, Service.OPENSEARCH, Service.SQS})
class AuditLogIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String DIGITS = "12345678901234567890123456789012345678";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stack stack;
    private Items orders;
    private Items customers;

    @TempDir
    private Path folder;

    AuditLogIT(Stack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void changes() {
        orders = new Items(stack, Stack.uniqueName("orders"));
        customers = new Items(stack, Stack.uniqueName("customers"));
        orders.put("O-1", "A", Map.of("total", n("1"), "status", s("NEW"), "kept", s("x")));
        orders.put("O-1", "A", Map.of("total", n(DIGITS), "paid", AttributeValue.fromBool(true), "kept", s("x")));
        customers.put("C-1", "A", Map.of("name", s("Ada")));
        orders.remove("O-1", "A");
    }

    @Test
    void inJetStreamEveryChangeIsOneMessageWithBothImagesAndWhatChanged() throws Exception {
        String stream = Stack.uniqueName("audit");
        SubjectInbox log = new SubjectInbox(stack, stream);
        for (String reading : List.of("first", "again")) {
            Main application = recipe(folder.resolve(reading)).set("AUDIT_URI",
                    "kamelet:distributary-jetstream-sink?stream=" + stream + "&subjectPrefix=" + stream + "&maxAge=0").start();
            try {
                String last = reading + "-last";
                orders.put(last, "A", Map.of());
                await().atMost(PATIENCE).untilAsserted(() -> assertTrue(
                        keys(log.look(stream + "." + orders.table)).contains(last)));
                await().atMost(PATIENCE).untilAsserted(() -> assertEquals(1, log.look(stream + "." + customers.table).size()));
            } finally {
                application.stop();
            }
        }

        List<Message> messages = log.look(stream + "." + orders.table);
        assertEquals(List.of("O-1", "O-1", "O-1", "again-last", "first-last"), keys(messages).stream().sorted().toList(),
                "once though read twice");
        List<Message> ofItem = messages.stream().filter(message -> SubjectInbox.text(message).contains("\"pk\":\"O-1\"")).toList();
        assertEquals(List.of("INSERT", "MODIFY", "REMOVE"),
                ofItem.stream().map(message -> message.getHeaders().getFirst("event_name")).toList(), "in order");
        isTheModification(JSON.readTree(ofItem.get(1).getData()), SubjectInbox.text(ofItem.get(1)));
        assertEquals(Duration.ZERO, stack.nats().jetStreamManagement().getStreamInfo(stream).getConfiguration().getMaxAge());
    }

    @Test
    void inOpenSearchEveryChangeIsADocumentOfItsOwnThatAReplayDoesNotDouble() throws Exception {
        String index = Stack.uniqueName("audit");
        assertEquals(200, stack.openSearch().send("PUT", "/_index_template/" + index, """
                {"index_patterns": ["%s*"], "template": {"mappings": {"properties": {
                  "keys": {"type": "flat_object"}, "new_image": {"enabled": false}, "old_image": {"enabled": false}}}}}
                """.formatted(index)).status());
        List<JsonNode> first = new ArrayList<>();
        for (int reading = 1; reading <= 2; reading++) {
            RecipeRun recipe = recipe(folder.resolve("reading-" + reading)).set("AUDIT_URI",
                    "kamelet:distributary-opensearch-sink?index=" + index + "&documentId=EVENT_ID&document=BODY");
            Main application = recipe.start();
            try {
                orders.put("last-" + reading, "A", Map.of("total", s("a text, where others have a number")));
                int expected = 4 + reading;
                await().atMost(PATIENCE).untilAsserted(() -> assertEquals(expected, stack.openSearch().count(index)));
            } finally {
                application.stop();
            }
            assertEquals(List.of(), recipe.deadLetters.look());
            first.add(modification(index));
        }

        isTheModification(first.get(0).get("_source"), first.get(0).get("_source").toString());
        assertEquals(first.get(0).get("_id"), first.get(1).get("_id"));
        assertEquals(first.get(0).at("/_source/event_id"), first.get(0).get("_id"));
    }

    private void isTheModification(JsonNode entry, String text) {
        assertEquals(List.of("MODIFY", orders.table, "{\"pk\":\"O-1\",\"sk\":\"A\"}", "[\"paid\",\"status\",\"total\"]"),
                List.of(entry.get("event_name").asText(), entry.get("table_name").asText(), entry.get("keys").toString(),
                        entry.get("changed").toString()));
        assertEquals("NEW", entry.at("/old_image/status").asText());
        assertTrue(text.contains("\"total\":" + DIGITS), text);
    }

    private JsonNode modification(String index) {
        return stack.openSearch().send("GET", "/" + index + "/_search", "{\"query\": {\"match\": {\"event_name\": \"MODIFY\"}}}").body()
                .at("/hits/hits/0");
    }

    /** A start in a folder of its own, without the checkpoints of others. */
    private RecipeRun recipe(Path folder) throws Exception {
        return new RecipeRun(stack, folder, "audit-log").set("AUDIT_TABLES", orders.table + "," + customers.table);
    }

    private static List<String> keys(List<Message> messages) throws Exception {
        List<String> keys = new ArrayList<>();
        for (Message message : messages) {
            keys.add(JSON.readTree(message.getData()).at("/keys/pk").asText());
        }
        return keys;
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue n(String digits) {
        return AttributeValue.fromN(digits);
    }
}
