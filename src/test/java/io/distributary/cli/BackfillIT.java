package io.distributary.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import io.distributary.diagnosis.ExitCode;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** A table's items reach an index, and the changes win, whether the route runs before, meanwhile or after. */
@WithSandbox({Service.DYNAMODB, Service.OPENSEARCH})
class BackfillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ITEMS = 300;

    private final Stack stack;
    private BackfillFolder a;

    @TempDir
    private Path folder;

    BackfillIT(Stack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void table() throws Exception {
        a = new BackfillFolder(stack, Stack.uniqueName("backfill"), folder, Service.DYNAMODB, Service.OPENSEARCH);
        a.route("", "- to: {uri: \"kamelet:distributary-opensearch-sink\", parameters: {index: %1$s, indexTemplate: %1$s}}".formatted(a.name));
    }

    @Test
    void theRouteThatStartsLaterReadsEverythingSinceThePosition() throws Exception {
        a.table(ITEMS, StreamViewType.NEW_AND_OLD_IMAGES);
        // left by an earlier reading, with a gap since
        assertEquals(201, stack.openSearch().send("PUT", "/" + a.name + "/_doc/item-2%7C1?version_type=external_gte&version="
                + (Instant.now().minusSeconds(86_400).getEpochSecond() << 30), "{\"pk\": \"item-2\", \"n\": -1}").status());
        assertEquals(ExitCode.OK.code(), a.backfill("--max", "100", "--json"), a.errors.toString());
        assertEquals(100, a.summary().path("items").intValue());
        assertFalse(a.summary().path("complete").booleanValue());
        String errors = a.errors.toString();
        assertTrue(errors.contains("Route a does not run. Start it at any time. It reads all changes from 20"), errors);

        // of items that were sent, and of some that were not
        for (int i = 0; i < ITEMS; i += 3) {
            a.put("item-" + i, 1);
            a.delete("item-" + (i + 1));
        }
        assertEquals(ExitCode.OK.code(), a.backfill("--json"), a.errors.toString());
        JsonNode summary = a.summary();
        assertTrue(summary.path("complete").booleanValue(), summary.toString());
        assertTrue(summary.path("items").intValue() >= ITEMS - ITEMS / 3, summary.toString());
        assertTrue(summary.path("capacity_units").doubleValue() > 1, summary.toString());
        Main route = a.start();
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(a.items(), a.documents()));
        } finally {
            route.stop();
        }

        assertEquals(ExitCode.OK.code(), a.backfill("--json"), a.errors.toString());
        assertEquals(0, a.summary().path("items_of_run").intValue(), "it is complete");
        assertTrue(a.errors.toString().contains("is complete"), a.errors.toString());
        assertEquals(ExitCode.CONFIGURATION.code(), a.backfill("--segments", "3"));
        assertTrue(a.errors.toString().contains("has 4 segments"), a.errors.toString());

        assertEquals(ExitCode.OK.code(), a.backfill("--restart", "--json", "--key-prefix", "item-0", "--filter", "#n = :one", "--name",
                "#n=n", "--values", "{\":one\": {\"N\": \"1\"}}"), a.errors.toString());
        assertEquals(1, a.summary().path("items").intValue());
    }

    @Test
    void aRouteThatRunsKeepsItsCheckpointsAndReadsTheChanges() throws Exception {
        a.table(ITEMS, StreamViewType.NEW_AND_OLD_IMAGES);
        Main route = a.start();
        try {
            assertEquals(ExitCode.OK.code(), a.backfill("--rate", "1000"), a.errors.toString());
            assertTrue(a.errors.toString().contains("Route a runs and reads the changes meanwhile"), a.errors.toString());
            a.put("item-7", 5);
            a.delete("item-8");
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(a.items(), a.documents()));
        } finally {
            route.stop();
        }
    }

    @Test
    void itSaysWhatIsWrongInOneLine() throws Exception {
        a.table(1, StreamViewType.KEYS_ONLY);
        assertEquals(ExitCode.CONFIGURATION.code(), a.backfill());
        assertTrue(a.errors.toString().contains("has the view type KEYS_ONLY"), a.errors.toString());
        assertEquals(ExitCode.OK.code(), a.backfill("--dry-run", "--force"), a.errors.toString());
        assertTrue(a.errors.toString().contains("The route may run meanwhile"), a.errors.toString());
        assertFalse(Files.exists(folder.resolve("checkpoints")), "a dry run stores nothing");
        assertFalse(Files.exists(folder.resolve("progress.json")));

        a.stack.dynamoDb().updateTable(update -> update.tableName(a.name).streamSpecification(s -> s.streamEnabled(false)));
        assertEquals(ExitCode.REFUSED.code(), a.backfill());
        assertTrue(a.errors.toString().contains("is switched off"), a.errors.toString());

        a.stack.dynamoDb().deleteTable(delete -> delete.tableName(a.name));
        assertEquals(ExitCode.REFUSED.code(), a.backfill());
        assertTrue(a.errors.toString().contains("does not exist"), a.errors.toString());
        assertEquals(1, a.errors.toString().lines().count(), a.errors.toString());
    }

    @Test
    void aFilterThatDynamoDbRefusesIsSaidInItsWords() throws Exception {
        a.table(1, StreamViewType.NEW_IMAGE);
        assertEquals(ExitCode.CONFIGURATION.code(), a.backfill("--filter", "n >< :v", "--values", "{\":v\": {\"N\": \"1\"}}"));
        assertTrue(a.errors.toString().contains("(filter: n >< :v)"), a.errors.toString());
    }
}
