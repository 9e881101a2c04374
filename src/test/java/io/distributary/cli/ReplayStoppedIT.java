package io.distributary.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.distributary.diagnosis.ExitCode;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A replay that is asked to end says where to go on, and going on there leaves none out; the route is from the source kamelet. */
@WithSandbox(Service.SQS)
class ReplayStoppedIT {
    private static final int EVENTS = 600;
    private static final String GO_ON = "Go on with --skip ";

    @TempDir
    private Path folder;

    @Test
    void goingOnWhereItSaysLeavesNoneOut(Stack stack) throws Exception {
        String name = Stack.uniqueName("stopped");
        String queue = stack.sqs().createQueue(create -> create.queueName(name)).queueUrl();
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/a.camel.yaml"), """
                - route:
                    id: a
                    from:
                      uri: "kamelet:distributary-ddb-streams-source?table=t"
                      steps:
                        - transformDataType: {toType: "aws2-ddbstream:change-event"}
                        - to: kamelet:distributary-sqs-sink?queue=%s
                """.formatted(name));
        Files.writeString(folder.resolve("application.properties"), "camel.component.kamelet.no-error-handler=true\n");
        Files.write(folder.resolve("events.jsonl"), IntStream.range(0, EVENTS).mapToObj(ReplayStoppedIT::event).toList());
        Map<String, String> environment = stack.environment(Service.SQS);

        String kamelets = Path.of("kamelets").toAbsolutePath().toString();

        long skip;
        try (PackagedJar replay = PackagedJar.start(folder, environment, "replay", "a", "events.jsonl", "--keys", "pk", "--rate", "100",
                "--kamelets", kamelets)) {
            await().atMost(Duration.ofSeconds(90)).until(() -> !replay.isRunning() || size(stack, queue) >= 60);
            assertTrue(replay.isRunning(), () -> replay.lines().toString());
            replay.terminate();
            assertEquals(143, replay.exitCode(), () -> replay.lines().toString());
            List<String> lines = replay.lines();
            assertEquals(3, lines.size(), lines.toString());
            assertTrue(lines.get(0).startsWith("events.jsonl: an envelope has no attribute types"), lines.toString());
            lines = lines.subList(1, 3);
            assertTrue(lines.get(0).matches("\\d+ records done, 0 dead letters, in .*"), lines.toString());
            assertTrue(lines.get(1).startsWith(GO_ON), lines.toString());
            skip = Long.parseLong(lines.get(1).substring(GO_ON.length()));
        }
        assertTrue(skip >= 60 - 20 && skip < EVENTS, "skip " + skip);
        int before = size(stack, queue);
        assertTrue(before >= skip, before + " had been sent, and " + skip + " are to be skipped");

        PackagedCommand rest = PackagedCommand.run(folder, environment, "replay", "a", "events.jsonl", "--keys", "pk",
                "--skip", Long.toString(skip), "--kamelets", kamelets);
        assertEquals(ExitCode.OK.code(), rest.exitCode(), rest.toString());
        assertTrue(rest.out().get(0).startsWith(EVENTS - skip + " records done, 0 dead letters"), rest.toString());
        assertEquals(IntStream.range(0, EVENTS).mapToObj(number -> "id-" + number).collect(Collectors.toSet()), arrived(stack, queue).keySet());
    }

    private static String event(int number) {
        return "{\"event_id\":\"id-%1$d\",\"event_name\":\"INSERT\",\"table_name\":\"t\",\"sequence_number\":\"%1$d\",\"keys\":{\"pk\":\"item-%2$d\"},\"new_image\":{\"pk\":\"item-%2$d\"}}"
                .formatted(number, number % 50);
    }

    private static int size(Stack stack, String queue) {
        return Integer.parseInt(stack.sqs().getQueueAttributes(get -> get.queueUrl(queue)
                .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)).attributes()
                .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    /** How often each event id is in the queue. */
    private static Map<String, Integer> arrived(Stack stack, String queue) {
        Map<String, Integer> ids = new TreeMap<>();
        List<Message> messages;
        do {
            messages = stack.sqs().receiveMessage(receive -> receive.queueUrl(queue).maxNumberOfMessages(10).messageAttributeNames("All"))
                    .messages();
            messages.forEach(message -> {
                ids.merge(message.messageAttributes().get("event_id").stringValue(), 1, Integer::sum);
                stack.sqs().deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
            });
        } while (!messages.isEmpty());
        return ids;
    }
}
