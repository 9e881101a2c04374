package io.distributary.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.cli.PackagedJar;
import io.distributary.ddbstream.DdbStreamEndpoint;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@WithSandbox({Service.DYNAMODB, Service.NATS, Service.SQS})
class NatsRelayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stack stack;
    private final List<Message> arrived = new ArrayList<>();

    @TempDir
    private Path folder;

    NatsRelayIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void everyChangeOfEachTableArrivesUnderItsSubjectWithTheFieldsOfTheRelay() throws Exception {
        Items dotted = new Items(stack, Stack.uniqueName("shop.orders"));
        Items plain = new Items(stack, Stack.uniqueName("customers"));
        RecipeRun relay = new RecipeRun(stack, folder, "nats-relay")
                .set("DYNAMODB_TABLES", dotted.table + "," + plain.table).set("START_FROM_LATEST", "false");
        for (Items items : List.of(dotted, plain)) {
            items.put("A", "1", Map.of("n", AttributeValue.fromN("12345678901234567890123456789012345678")));
            items.put("A", "1", Map.of("n", AttributeValue.fromN("2")));
            items.remove("A", "1");
        }

        Main application = relay.start();
        try {
            String dottedSubject = "dynamodb_streams." + dotted.table.replace('.', '_');
            String plainSubject = "dynamodb_streams." + plain.table;
            await().atMost(PATIENCE).untilAsserted(() -> {
                look("dynamodb_streams", dottedSubject, plainSubject);
                assertEquals(List.of("INSERT", "MODIFY", "REMOVE"), eventNames(dottedSubject));
                assertEquals(List.of("INSERT", "MODIFY", "REMOVE"), eventNames(plainSubject));
            });
            for (Message message : arrived) {
                JsonNode event = json(message);
                assertEquals(fields(event), new ArrayList<>(event.properties().stream().map(Map.Entry::getKey).toList()));
                assertEquals(event.get("event_id").asText(), message.getHeaders().getFirst("Nats-Msg-Id"));
                assertEquals("{\"pk\":\"A\",\"sk\":\"1\"}", event.get("keys").toString());
            }
            JsonNode modified = json(arrived.get(1));
            assertTrue(modified.get("old_image").toString().contains("12345678901234567890123456789012345678"), modified::toString);
            assertEquals("2", modified.at("/new_image/n").asText());
            streamIsTheRelays();
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(List.of(2, 2), List.of(
                    checkpoints("dynamodb-stream-checkpoints", dotted.table).size(),
                    checkpoints("dynamodb-stream-checkpoints", plain.table).size()), "a shard's checkpoint and the lease, of each"));
        } finally {
            application.stop();
        }
    }

    @Test
    void environmentVariablesOfAProcessAreHonouredAndARestartGoesOnAtTheCheckpoint() throws Exception {
        Items items = new Items(stack, Stack.uniqueName("orders"));
        String own = Stack.uniqueName("relay");
        RecipeRun relay = new RecipeRun(stack, folder, "nats-relay").set("DYNAMODB_TABLES", items.table).set("NATS_STREAM_NAME", own)
                .set("NATS_SUBJECT_PREFIX", own + ".changes").set("CHECKPOINT_BUCKET", own).set("START_FROM_LATEST", "true")
                .set("POLL_INTERVAL_MS", "100").set("SHARD_REFRESH_INTERVAL_SEC", "1");
        String subject = own + ".changes." + items.table;
        items.put("before", "1", Map.of());
        try (PackagedJar jar = relay.startJar()) {
            items.put("while", "1", Map.of());
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(List.of("while"), partitionKeys(own, subject)));
            stop(jar);
        }
        assertTrue(!checkpoints(own, items.table).isEmpty(), "checkpoints in the bucket " + own);
        items.put("between", "1", Map.of());
        try (PackagedJar jar = relay.startJar()) {
            items.put("after", "1", Map.of());
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(new TreeSet<>(List.of("while", "between", "after")),
                    new TreeSet<>(partitionKeys(own, subject))));
            stop(jar);
        }
        assertEquals(3, arrived.size(), "nothing twice");
    }

    @Test
    void intervalsAreThoseOfTheEnvironmentAndAdaptiveWithoutIt() throws Exception {
        Items items = new Items(stack, Stack.uniqueName("orders"));
        RecipeRun relay = new RecipeRun(stack, folder, "nats-relay").set("DYNAMODB_TABLES", items.table);
        DdbStreamEndpoint unset = endpoint(relay);
        relay.set("POLL_INTERVAL_MS", "1500").set("SHARD_REFRESH_INTERVAL_SEC", "7");
        DdbStreamEndpoint set = endpoint(relay);

        assertEquals(List.of(10_000L, 7_000L),
                List.of(unset.getConfiguration().getShardRefreshInterval(), set.getConfiguration().getShardRefreshInterval()));
        assertEquals(1500, set.getDelay());
        assertTrue(unset.getDelay() != 1500, "polls by its own pace");
    }

    private static DdbStreamEndpoint endpoint(RecipeRun relay) {
        Main application = relay.start();
        try {
            return (DdbStreamEndpoint) application.getCamelContext().getRoute("nats-relay").getEndpoint();
        } finally {
            application.stop();
        }
    }

    private static void stop(PackagedJar jar) throws InterruptedException {
        jar.terminate();
        assertEquals(143, jar.exitCode(), () -> jar.lines().toString());
    }

    private void streamIsTheRelays() throws IOException, JetStreamApiException {
        var stream = stack.nats().jetStreamManagement().getStreamInfo("dynamodb_streams").getConfiguration();
        assertEquals(List.of(List.of("dynamodb_streams.>"), RetentionPolicy.Limits, StorageType.File, Duration.ofDays(14),
                Duration.ofMinutes(2)), List.of(stream.getSubjects(), stream.getRetentionPolicy(), stream.getStorageType(),
                stream.getMaxAge(), stream.getDuplicateWindow()));
    }

    private List<String> checkpoints(String bucket, String table) throws Exception {
        return stack.nats().keyValue(bucket).keys().stream().filter(key -> key.startsWith(table + ".")).toList();
    }

    /** The eight fields, without an image that the change does not have. */
    private static List<String> fields(JsonNode event) {
        List<String> fields = new ArrayList<>(List.of("event_id", "event_name", "table_name", "sequence_number",
                "approximate_creation_time", "keys", "new_image", "old_image"));
        Map<String, String> absent = new TreeMap<>(Map.of("INSERT", "old_image", "REMOVE", "new_image"));
        fields.remove(absent.getOrDefault(event.get("event_name").asText(), ""));
        return fields;
    }

    private List<String> partitionKeys(String stream, String subject) throws IOException, JetStreamApiException {
        look(stream, subject);
        return arrived.stream().map(message -> json(message).at("/keys/pk").asText()).toList();
    }

    private List<String> eventNames(String subject) {
        return arrived.stream().filter(message -> message.getSubject().equals(subject))
                .map(message -> json(message).get("event_name").asText()).toList();
    }

    /** All messages of these subjects, read from the stream's beginning. */
    private void look(String stream, String... subjects) throws IOException, JetStreamApiException {
        arrived.clear();
        if (!stack.nats().jetStreamManagement().getStreamNames().contains(stream)) {
            return;
        }
        for (String subject : subjects) {
            var subscription = stack.nats().jetStream().subscribe(subject, PullSubscribeOptions.builder().stream(stream).build());
            arrived.addAll(subscription.fetch(100, Duration.ofMillis(300)));
            subscription.unsubscribe();
        }
    }

    private static JsonNode json(Message message) {
        try {
            return JSON.readTree(new String(message.getData(), UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
