package io.distributary.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.diagnosis.ExitCode;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.nats.client.Connection;
import io.nats.client.Nats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Replays reach the real servers with the ids that the changes had. */
@WithSandbox({Service.SQS, Service.NATS})
class ReplayIT {
    private static final int EVENTS = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int replay(String... options) {
        List<String> line = new ArrayList<>(List.of("replay", "a", folder.resolve("events.jsonl").toString(), "--keys", "pk",
                "--json", "--config", folder.resolve("application.properties").toString(), "--kamelets", "kamelets",
                "--routes", folder.resolve("routes").toString()));
        line.addAll(List.of(options));
        CommandLine command = DistributaryCommand.commandLine();
        command.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        return command.execute(line.toArray(String[]::new));
    }

    private JsonNode lastSummary() throws Exception {
        List<String> lines = output.toString().lines().toList();
        return JSON.readTree(lines.get(lines.size() - 1));
    }

    private static String event(int number) {
        return "{\"event_id\":\"id-%d\",\"event_name\":\"MODIFY\",\"table_name\":\"t\",\"sequence_number\":\"%d\",\"keys\":{\"pk\":\"item-%d\"},\"new_image\":{\"pk\":\"item-%d\",\"n\":%d}}"
                .formatted(number, number + 1, number % 20, number % 20, number);
    }

    @Test
    void aThousandEventsArriveWithTheirIdsAndASecondReplayIsRecognised(Stack stack) throws Exception {
        String name = Stack.uniqueName("replay");
        SqsClient sqs = stack.sqs();
        String queue = sqs.createQueue(request -> request.queueName(name)).queueUrl();
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/a.camel.yaml"), """
                - route:
                    id: a
                    from:
                      uri: aws2-ddbstream:t
                      steps:
                        - choice:
                            when:
                              - expression: {simple: {expression: "${header.CamelAwsDdbStreamEventId} == 'id-1000'"}}
                                steps:
                                  - throwException: {message: poison, exceptionType: java.lang.IllegalStateException}
                        - transformDataType: {toType: "aws2-ddbstream:change-event"}
                        - multicast:
                            steps:
                              - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: %1$s}}
                              - to: {uri: "kamelet:distributary-jetstream-sink", parameters: {stream: %1$s, subjectPrefix: %1$s}}
                """.formatted(name));
        Files.writeString(folder.resolve("application.properties"), stack.settings(Service.SQS, Service.NATS).entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue()).collect(Collectors.joining("\n"))
                + "\ncamel.component.kamelet.no-error-handler=true\n");
        Files.write(folder.resolve("events.jsonl"), IntStream.range(0, EVENTS).mapToObj(ReplayIT::event).toList());

        assertEquals(ExitCode.OK.code(), replay(), errors.toString());
        assertEquals(EVENTS, lastSummary().path("done").intValue());
        Map<String, Integer> arrived = new HashMap<>();
        receive(sqs, queue, EVENTS, arrived);
        assertEquals(IntStream.range(0, EVENTS).mapToObj(number -> "id-" + number).collect(Collectors.toSet()), arrived.keySet());
        assertTrue(arrived.values().stream().allMatch(count -> count == 1), arrived.toString());

        // what cannot be done ends it, and says where to go on
        Files.write(folder.resolve("events.jsonl"), IntStream.rangeClosed(0, EVENTS).mapToObj(ReplayIT::event).toList());
        assertEquals(ExitCode.EVENTS.code(), replay("--skip", "900", "--rate", "500"), errors.toString());
        JsonNode stopped = lastSummary();
        assertEquals("poison", stopped.path("failure").textValue());
        assertTrue(stopped.path("failed_at").textValue().endsWith("events.jsonl:1001"), stopped.toString());
        // records of other items that are ready, and not sent yet, stay behind
        int next = stopped.path("skip_next").intValue();
        int done = stopped.path("done").intValue();
        assertTrue(next >= 900 && next <= EVENTS && done >= next - 900 && done <= 100, stopped.toString());
        assertTrue(stopped.path("seconds").doubleValue() >= (done - 1) / 500.0 - 0.01, done + " at 500 a second: " + stopped);
        receive(sqs, queue, done, arrived);
        assertTrue(IntStream.range(900, next).allMatch(number -> arrived.get("id-" + number) == 2), "SQS keeps both, with the same id");

        try (Connection nats = Nats.connect(stack.endpoint(Service.NATS).toString())) {
            assertEquals(EVENTS, nats.jetStreamManagement().getStreamInfo(name).getStreamState().getMsgCount(),
                    "JetStream recognised the repeated ones by Nats-Msg-Id");
        }
    }

    private static void receive(SqsClient sqs, String queue, int count, Map<String, Integer> arrived)
            throws Exception {
        for (int received = 0; received < count;) {
            List<Message> messages = sqs.receiveMessage(request -> request.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(20)).messages();
            assertTrue(!messages.isEmpty(), received + " of " + count + " arrived");
            for (Message message : messages) {
                JsonNode body = JSON.readTree(message.body());
                arrived.merge(body.path("event_id").textValue(), 1, Integer::sum);
                sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
            }
            received += messages.size();
        }
    }
}
