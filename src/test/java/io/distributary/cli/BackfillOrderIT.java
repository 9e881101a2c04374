package io.distributary.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.ddbstream.checkpoint.CheckpointsInUseException;
import io.distributary.ddbstream.checkpoint.FileCheckpointStore;
import io.distributary.diagnosis.ExitCode;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PushSubscribeOptions;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** To queues and streams, which keep no versions, an item's snapshot goes before its changes. */
@WithSandbox({Service.DYNAMODB, Service.SQS, Service.NATS})
class BackfillOrderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ITEMS = 120;
    private static final int CHANGED = 40;

    @TempDir
    private Path folder;

    @Test
    void anItemsChangesFollowItsSnapshotAndNothingIsMissing(Stack stack) throws Exception {
        String name = Stack.uniqueName("order");
        BackfillFolder a = new BackfillFolder(stack, name, folder, Service.DYNAMODB, Service.SQS, Service.NATS);
        a.table(ITEMS, StreamViewType.NEW_AND_OLD_IMAGES);
        String queue = stack.sqs().createQueue(create -> create.queueName(name + ".fifo")
                .attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true"))).queueUrl();
        a.route("", """
                - transformDataType: {toType: "aws2-ddbstream:change-event"}
                - multicast:
                    steps:
                      - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: %1$s.fifo}}
                      - to: {uri: "kamelet:distributary-jetstream-sink", parameters: {stream: %1$s, subjectPrefix: %1$s}}""".formatted(name));

        Main running = a.start();
        try {
            assertEquals(ExitCode.CONFIGURATION.code(), a.backfill());
            String refused = a.errors.toString();
            assertTrue(refused.contains("Route a runs, and snapshots would take the place of newer changes, or come after them, at: aws2-sqs:"
                    + name + ".fifo, nats:" + name + ". Stop the route"), refused);
        } finally {
            running.stop();
        }

        assertEquals(ExitCode.OK.code(), a.backfill("--max", "50", "--event-name", "SNAPSHOT"), a.errors.toString());
        assertTrue(a.errors.toString().contains("Start route a when the backfill has ended. It cannot start before"), a.errors.toString());
        for (int i = 0; i < CHANGED; i++) {
            a.put("item-" + i, 1);
            a.put("item-" + i, 2);
        }
        a.delete("item-100");
        assertEquals(ExitCode.OK.code(), a.backfill("--json"), a.errors.toString());
        assertTrue(a.summary().path("complete").booleanValue());
        int snapshots = a.summary().path("items").intValue();
        assertTrue(snapshots >= ITEMS - 1, "item-100 may have been sent before it was removed");

        Main route = a.start();
        try {
            int changes = CHANGED * 2 + 1;
            try (Connection nats = Nats.connect(stack.endpoint(Service.NATS).toString())) {
                Awaitility.await().atMost(PATIENCE).until(() -> nats.jetStreamManagement().getStreamInfo(name).getStreamState().getMsgCount()
                        == snapshots + changes);
                List<JsonNode> messages = new ArrayList<>();
                JetStreamSubscription all = nats.jetStream().subscribe(name + ".>", PushSubscribeOptions.builder().stream(name).ordered(true).build());
                while (messages.size() < snapshots + changes) {
                    Message message = all.nextMessage(PATIENCE);
                    assertNotNull(message, messages.size() + " came");
                    messages.add(JSON.readTree(message.getData()));
                }
                check(messages);
            }
            check(received(stack, queue, snapshots + changes));
        } finally {
            route.stop();
        }
        assertFalse(a.errors.toString().contains("lost"), a.errors.toString());
    }

    private static List<JsonNode> received(Stack stack, String queue, int count) throws Exception {
        List<JsonNode> messages = new ArrayList<>();
        while (messages.size() < count) {
            var some = stack.sqs().receiveMessage(receive -> receive.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(20)).messages();
            assertFalse(some.isEmpty(), messages.size() + " of " + count + " arrived");
            for (var message : some) {
                messages.add(JSON.readTree(message.body()));
                stack.sqs().deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
            }
        }
        return messages;
    }

    private static void check(List<JsonNode> messages) {
        Map<String, List<String>> byItem = new TreeMap<>();
        for (JsonNode message : messages) {
            byItem.computeIfAbsent(message.at("/keys/pk").textValue(), item -> new ArrayList<>())
                    .add(message.path("event_name").textValue() + message.at("/new_image/n").asText());
        }
        for (int i = 0; i < ITEMS; i++) {
            List<String> events = byItem.remove("item-" + i);
            if (i < CHANGED) {
                assertTrue(events.equals(List.of("SNAPSHOT0", "MODIFY1", "MODIFY2")) || events.equals(List.of("SNAPSHOT2", "MODIFY1", "MODIFY2")),
                        i + ": " + events);
            } else if (i == 100) {
                assertTrue(events.equals(List.of("SNAPSHOT0", "REMOVE")) || events.equals(List.of("REMOVE")), events.toString());
            } else {
                assertEquals(List.of("SNAPSHOT0"), events, "item " + i);
            }
        }
        assertEquals(Map.of(), byItem);
    }

    /** While it is at work, no instance of the route can start. */
    @Test
    void itOwnsTheCheckpointsMeanwhile(Stack stack) throws Exception {
        String name = Stack.uniqueName("order");
        BackfillFolder a = new BackfillFolder(stack, name, folder, Service.DYNAMODB);
        a.table(400, StreamViewType.NEW_AND_OLD_IMAGES);
        a.route("", "- to: {uri: \"kamelet:distributary-file-sink\", parameters: {file: \"%s\"}}".formatted(folder.resolve("out.jsonl")));
        try (PackagedJar backfill = PackagedJar.start(folder, stack.environment(Service.DYNAMODB), "backfill", name, "--route", "a", "--rate", "1",
                "--kamelets", Path.of("kamelets").toAbsolutePath().toString())) {
            backfill.await(line -> line.startsWith("Start route a when the backfill has ended"));
            Path progress = folder.resolve("data/backfill/a." + name + ".json");
            Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(progress) && Files.readString(progress).contains("\"after\""));
            FileCheckpointStore store = new FileCheckpointStore(folder.resolve("checkpoints"), "a", name);
            assertThrows(CheckpointsInUseException.class, store::open);
            backfill.terminate();
            assertEquals(143, backfill.exitCode(), () -> backfill.lines().toString());
            assertTrue(backfill.lines().contains("The same command goes on from here"), backfill.lines().toString());
            store.open();
            store.close();
        }
    }
}
