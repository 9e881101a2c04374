package io.distributary.ops;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.event.RecordContext;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The packaged application's log as JSON, while a dead letter cannot be stored. */
@WithSandbox({Service.DYNAMODB, Service.SQS, Service.SNS, Service.NATS, Service.OPENSEARCH})
class JsonLogIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    void aRecordThatCannotBeStoredAsADeadLetterIsOneLineWithItsIds(Stack stack) throws Exception {
        try (Flagship flagship = new Flagship(stack, folder, Map.of("DISTRIBUTARY_LOG_FORMAT", "json"))) {
            String letters = flagship.table + "-dead-letters";
            put(stack, flagship.table, "ORDER#1", AttributeValue.fromN("1"));
            await().atMost(PATIENCE).until(() -> flagship.get("/observe/metrics").body()
                    .contains("distributary_target_latency_seconds_count{component=\"opensearch\",target=\"" + flagship.table + "\"} 1"));
            stack.sqs().deleteQueue(queue -> queue.queueUrl(stack.sqs().getQueueUrl(name -> name.queueName(letters)).queueUrl()));
            put(stack, flagship.table, "ORDER#2", AttributeValue.fromS("two")); // the index maps a number by now
            await().atMost(PATIENCE).until(() -> flagship.jar.lines().stream().anyMatch(line -> line.contains("was not delivered")));
            await().atMost(PATIENCE).until(() -> flagship.get("/readyz").body().contains("records are not delivered"));
            stack.sqs().createQueue(queue -> queue.queueName(letters));
            await().atMost(PATIENCE).until(() -> flagship.jar.lines().stream().anyMatch(line -> line.contains("delivered at attempt")));

            List<JsonNode> lines = parsed(flagship.jar.lines());
            List<JsonNode> ofRecord = lines.stream().filter(line -> line.get("message").asText().contains(": record ")).toList();
            assertEquals(2, ofRecord.size(), lines::toString);
            for (String field : RecordContext.FIELDS) {
                assertTrue(ofRecord.get(0).path(field).isTextual(), () -> field + " is missing in " + ofRecord);
                assertEquals(ofRecord.get(0).get(field), ofRecord.get(1).get(field), field);
            }
            assertEquals(flagship.table, ofRecord.get(0).get("table").asText());
            assertTrue(ofRecord.get(0).get("message").asText().contains("record " + ofRecord.get(0).get("sequence_number").asText()
                    + " was not delivered"), lines::toString);
            assertTrue(lines.stream().noneMatch(line -> line.has("error.stack_trace")), lines::toString);
            // Three of the start, two of each target that fails when it begins and ends, and an older NATS server's one.
            assertTrue(lines.size() <= 10, lines::toString);
        }
    }

    private static List<JsonNode> parsed(List<String> lines) throws JsonProcessingException {
        List<JsonNode> parsed = new ArrayList<>();
        for (String line : lines) {
            JsonNode node = new ObjectMapper().readTree(line);
            for (String field : List.of("@timestamp", "ecs.version", "log.level", "message", "log.logger", "process.thread.name")) {
                assertTrue(node.path(field).isTextual(), () -> field + " is missing in " + line);
            }
            parsed.add(node);
        }
        return parsed;
    }

    private static void put(Stack stack, String table, String order, AttributeValue total) {
        stack.dynamoDb().putItem(put -> put.tableName(table).item(Map.of("pk", AttributeValue.fromS(order),
                "sk", AttributeValue.fromS("METADATA"), "total", total)));
    }
}
