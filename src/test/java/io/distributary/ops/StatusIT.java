package io.distributary.ops;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.distributary.status.Status;
import io.distributary.status.StatusJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the packaged application, with the shipped routes, tells of itself. */
@WithSandbox({Service.DYNAMODB, Service.SQS, Service.SNS, Service.NATS, Service.OPENSEARCH})
class StatusIT {
    @TempDir
    Path folder;

    @Test
    void aRunningInstanceTellsWhatItDoes(Stack stack) throws Exception {
        try (Flagship flagship = new Flagship(stack, folder)) {
            for (int n = 1; n <= 20; n++) {
                put(stack, flagship.table, "ORDER#" + n, n == 7 ? "not a number" : "42");
            }
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                Status status = status(flagship);
                assertEquals(20, status.routes().get(0).counts().delivered(), status::toString);
                assertTrue(status.targets().stream().anyMatch(target -> target.series().delivered().stream()
                        .anyMatch(point -> point != null && point > 0)), "no rate yet");
            });
            Status status = status(flagship);
            Files.writeString(Path.of("target/status-it.json"), flagship.get("/observe/status").body());
            source(flagship, status.sources());
            Status.Route route = status.routes().get(0);
            assertEquals("orders-fanout", route.id());
            assertEquals("RUNNING", route.state());
            assertTrue(route.file().endsWith("orders-fanout.camel.yaml"), route.file());
            assertTrue(route.deadLetterChannel());
            Set<String> targets = new TreeSet<>(status.targets().stream().map(Status.Target::id).toList());
            for (Status.Node node : route.nodes()) {
                if (node.kind().equals("target") || node.kind().equals("dead_letters")) {
                    assertTrue(targets.contains(String.valueOf(node.target())), () -> node + " in " + targets);
                }
            }
            assertTrue(status.targets().stream().allMatch(target -> target.routes().equals(List.of("orders-fanout"))), status::toString);
            assertEquals("UP", status.health().ready(), status::toString);
            assertEquals(List.of(), status.next(), status::toString);
        }
    }

    private static void source(Flagship flagship, List<Status.Source> sources) {
        assertEquals(1, sources.size());
        Status.Source source = sources.get(0);
        assertEquals("orders-fanout/" + flagship.table, source.id());
        assertEquals(20, source.read());
        assertEquals("RUNNING", source.state());
        assertEquals("READING", source.shards().get(0).state());
        assertEquals(0, source.unfinished());
        assertTrue(source.lagMs() < 120_000, source::toString);
    }

    private static void put(Stack stack, String table, String pk, String total) {
        stack.dynamoDb().putItem(put -> put.tableName(table).item(Map.of("pk", AttributeValue.fromS(pk),
                "sk", AttributeValue.fromS("METADATA"), "total", AttributeValue.fromS(total))));
    }

    private static Status status(Flagship flagship) throws Exception {
        var answer = flagship.get("/observe/status");
        assertEquals(200, answer.statusCode(), answer::body);
        return StatusJson.read(answer.body());
    }

    /** The sample's field names, each with the path to it, without the dead letters' own. */
    static void fields(String path, JsonNode node, Set<String> into) {
        if (node.isArray()) {
            node.forEach(element -> fields(path + "[]", element, into));
        } else if (node.isObject() && !path.endsWith("letters[].letter")) {
            node.properties().forEach(field -> {
                into.add(path + "." + field.getKey());
                fields(path + "." + field.getKey(), field.getValue(), into);
            });
        }
    }

    static JsonNode tree(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }
}
