package io.distributary.ops;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.cli.PackagedJar;
import io.distributary.diagnosis.ExitCode;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the packaged application answers to probes. */
@WithSandbox({Service.DYNAMODB, Service.SQS, Service.SNS, Service.NATS, Service.OPENSEARCH})
class HealthIT {
    private static final String EVENT = """
            {"eventID": "e1", "eventName": "INSERT", "eventSource": "aws:dynamodb", "dynamodb": {"SequenceNumber": "1",
             "Keys": {"pk": {"S": "OTHER#1"}, "sk": {"S": "LINE#1"}}, "NewImage": {"pk": {"S": "OTHER#1"}, "sk": {"S": "LINE#1"}}}}
            """;

    @TempDir
    Path folder;

    @Test
    void theProbesAnswerOnCamelsPathsAndOnThoseOfKubernetes(Stack stack) throws Exception {
        try (Flagship flagship = new Flagship(stack, folder)) {
            JsonNode live = up(flagship.get("/observe/health/live"));
            assertEquals(live, up(flagship.get("/livez")));
            assertTrue(live.findValuesAsText("name").containsAll(List.of("progress:orders-fanout", "threads")), live::toString);
            JsonNode ready = up(flagship.get("/observe/health/ready"));
            assertEquals(ready, up(flagship.get("/readyz")));
            assertTrue(ready.findValuesAsText("name").contains("consumer:orders-fanout"), ready::toString);
            assertTrue(flagship.get("/observe/health?data=true").body().contains("\"state\":\"RUNNING\""));
            assertEquals(3, flagship.jar.lines().size(), () -> "more than the start's own lines: " + flagship.jar.lines());
        }
    }

    @Test
    void aCommandOpensNoPortAndAStartWithoutItsPortSaysSo(Stack stack) throws Exception {
        try (Flagship flagship = new Flagship(stack, folder)) {
            Files.writeString(folder.resolve("event.json"), EVENT);
            try (PackagedJar command = PackagedJar.start(flagship.port(), folder, stack.environment(), "dry-run", "--table", "orders", "orders-fanout",
                    "event.json")) {
                assertEquals(0, command.exitCode(), () -> command.lines().toString());
            }
            try (PackagedJar second = PackagedJar.start(flagship.port(), folder, stack.environment())) {
                assertEquals(ExitCode.CONFIGURATION.code(), second.exitCode(), () -> second.lines().toString());
                assertEquals(1, second.lines().size(), () -> second.lines().toString());
                assertTrue(second.lines().get(0).contains("camel.management.port=" + flagship.port()), second.lines().get(0));
            }
        }
    }

    private static JsonNode up(HttpResponse<String> answer) throws Exception {
        assertEquals(200, answer.statusCode(), answer::body);
        JsonNode health = new ObjectMapper().readTree(answer.body());
        assertEquals("UP", health.get("status").asText(), answer::body);
        return health;
    }
}
