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
import io.distributary.cli.PackagedJar;
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
                assertEquals(20, status.routes().get(0).counts().delivered());
                assertTrue(status.targets().stream().anyMatch(target -> target.series().delivered().stream()
                        .anyMatch(point -> point != null && point > 0)), "no rate yet");
            });
            Status status = status(flagship);
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

    /** An index that refuses every document makes a dead letter; a route file with a typo is refused; the command tells the same as the page. */
    @Test
    void whatIsWrongIsToldWithWhatToDo(Stack stack) throws Exception {
        try (Flagship flagship = new Flagship(stack, folder)) {
            stack.openSearch().send("PUT", "/" + flagship.table, "{\"mappings\":{\"dynamic\":\"strict\"}}");
            put(stack, flagship.table, "ORDER#1", "42");
            Path route = folder.resolve("routes/orders-fanout.camel.yaml");
            Files.writeString(route, Files.readString(route).replaceFirst("multicast:", "multicats:"));
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                Status status = status(flagship);
                assertEquals(1, status.deadLetters().stored());
                assertEquals(1, status.refused().size());
            });
            String answer = flagship.get("/observe/status").body();
            assertEquals(fields(tree(Files.readString(Path.of("src/test/resources/status/sample.json")))), fields(tree(answer)),
                    "the sample's fields are those of a real answer");
            Status status = StatusJson.read(answer);
            Status.Letter letter = status.deadLetters().letters().get(0);
            assertEquals("ORDER#1|METADATA", letter.itemKey());
            assertEquals("42", letter.letter().at("/record/dynamodb/NewImage/total/S").asText(), letter::toString);
            assertTrue(letter.target().contains("distributary-opensearch-sink"), letter.target());
            Set<String> commands = new TreeSet<>(status.next().stream().map(next -> String.valueOf(next.command())).toList());
            assertTrue(commands.stream().anyMatch(command -> command.startsWith("java -jar distributary.jar redrive sqs:" + flagship.table
                    + "-dead-letters --target ")), commands::toString);
            assertTrue(status.next().stream().anyMatch(next -> next.about().kind().equals("file") && next.what().contains(", line ")),
                    status.next()::toString);
            assertTrue(status.routes().get(0).editRefused().contains("multicats"), status.routes().get(0)::toString);

            command(stack, 0, List.of("status", "localhost:" + flagship.port()), "READY", "-> OpenSearch Sink: index=" + flagship.table,
                    "Dead letters: 1 stored of 1 made since the start", "ORDER#1|METADATA", "$ java -jar distributary.jar redrive");
            command(stack, 0, List.of("status", "--checkpoints", "file:data/checkpoints", "--lag"), "orders-fanout, table " + flagship.table,
                    "held by process ", "lag 0 ms");
            command(stack, 4, List.of("status", "--checkpoints", "dynamodb:absent-" + flagship.table), "absent-" + flagship.table);
        }
    }

    private void command(Stack stack, int code, List<String> arguments, String... expected) throws Exception {
        try (PackagedJar command = PackagedJar.start(folder, stack.environment(), arguments.toArray(String[]::new))) {
            assertEquals(code, command.exitCode(), () -> command.lines().toString());
            String text = String.join("\n", command.lines()).replace("→", "->");
            for (String each : expected) {
                assertTrue(text.contains(each), () -> each + " in " + text);
            }
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

    /** The names of all fields, each with the path to it, without what a dead letter has inside, and a record that fails. */
    private static Set<String> fields(JsonNode tree) {
        Set<String> fields = new TreeSet<>();
        fields("", tree, fields);
        fields.removeIf(field -> field.contains("failing_record."));
        return fields;
    }

    private static void fields(String path, JsonNode node, Set<String> into) {
        if (node.isArray()) {
            node.forEach(element -> fields(path + "[]", element, into));
        } else if (node.isObject() && !path.endsWith(".letter")) {
            node.properties().forEach(field -> {
                into.add(path + "." + field.getKey());
                fields(path + "." + field.getKey(), field.getValue(), into);
            });
        }
    }

    private static JsonNode tree(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }
}
