package io.distributary.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.deadletter.Letters;
import io.distributary.diagnosis.ExitCode;
import io.distributary.routes.Changes;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A redrive that is asked to end gives back what it has not sent, at once, and running it again sends the rest, none twice. */
@WithSandbox(Service.SQS)
class RedriveStoppedIT {
    private static final int LETTERS = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void theRestIsThereAtOnceAndGoesWithTheNext(Stack stack) throws Exception {
        String name = Stack.uniqueName("stopped-redrive");
        String queue = stack.sqs().createQueue(create -> create.queueName(name)).queueUrl();
        String target = "kamelet:distributary-file-sink?file=out.jsonl";
        for (int i = 0; i < LETTERS; i++) {
            String letter = Letters.of(Changes.of("INSERT", "ORDER#" + i), target).replaceFirst("\\{", "{\"route_id\":\"a\",");
            stack.sqs().sendMessage(send -> send.queueUrl(queue).messageBody(letter));
        }
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/a.camel.yaml"), """
                - route:
                    id: a
                    from:
                      uri: aws2-ddbstream:orders
                      steps:
                        - to: %s
                """.formatted(target));
        Files.writeString(folder.resolve("application.properties"), "camel.component.kamelet.no-error-handler=true\n");
        Path out = folder.resolve("out.jsonl");
        List<String> command = List.of("redrive", "sqs:" + name, "--force", "--json", "--kamelets", Path.of("kamelets").toAbsolutePath().toString());

        JsonNode stopped;
        List<String> slowly = new ArrayList<>(command);
        slowly.addAll(List.of("--rate", "20"));
        try (PackagedJar redrive = PackagedJar.start(folder, stack.environment(Service.SQS), slowly.toArray(String[]::new))) {
            await().atMost(Duration.ofSeconds(90)).until(() -> !redrive.isRunning() || Files.exists(out) && Files.readAllLines(out).size() >= 20);
            assertTrue(redrive.isRunning(), () -> redrive.lines().toString());
            redrive.terminate();
            assertEquals(143, redrive.exitCode(), () -> redrive.lines().toString());
            stopped = JSON.readTree(redrive.lines().get(redrive.lines().size() - 1));
        }
        assertTrue(stopped.path("stopped").booleanValue(), stopped.toString());
        int sent = stopped.path("sent").intValue();
        assertEquals(sent, Files.readAllLines(out).size());

        PackagedCommand rest = PackagedCommand.run(folder, stack.environment(Service.SQS), command.toArray(String[]::new));
        assertEquals(ExitCode.OK.code(), rest.exitCode(), rest.toString());
        assertEquals(LETTERS - sent, JSON.readTree(rest.out().get(rest.out().size() - 1)).path("sent").intValue(), rest.toString());
        assertEquals(LETTERS, Files.readAllLines(out).stream().map(RedriveStoppedIT::item).collect(Collectors.toSet()).size());
        assertEquals(LETTERS, Files.readAllLines(out).size());
    }

    private static String item(String envelope) {
        try {
            return JSON.readTree(envelope).at("/keys/pk").textValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
