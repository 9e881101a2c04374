package io.distributary.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.sandbox.SandboxException;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Changes that real targets have had, newer ones included, are replayed: targets that keep state keep the newer one. */
@WithSandbox({Service.DYNAMODB, Service.OPENSEARCH, Service.SNS, Service.SQS})
class ReplayOfOldChangesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ITEMS = 4;
    private static final String GONE = "gone";

    private final Stack stack;
    private final String name = Stack.uniqueName("old");
    private final String replica = name + "-replica";
    private final StringWriter errors = new StringWriter();
    private String queueUrl;
    private String plainQueueUrl;

    @TempDir
    private Path folder;

    ReplayOfOldChangesIT(Stack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void targets() throws IOException {
        stack.createTable(name, StreamViewType.NEW_AND_OLD_IMAGES);
        stack.createTable(replica, StreamViewType.NEW_AND_OLD_IMAGES);
        queueUrl = subscribed(".fifo", Map.of("FifoTopic", "true"), Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        plainQueueUrl = subscribed("", Map.of(), Map.of());
        Map<String, String> settings = stack.settings(Service.DYNAMODB, Service.OPENSEARCH, Service.SNS, Service.SQS);
        settings.put("camel.component.kamelet.no-error-handler", "true");
        settings.put("camel.component.kamelet.location", "file:kamelets");
        settings.put("dead-letter.uri", "kamelet:distributary-dead-letter-file-sink?file=" + folder.resolve("dead.jsonl"));
        settings.put("dead-letter.redelivery-delay", "1");
        Files.write(folder.resolve("application.properties"), settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue()).toList());
        Files.createDirectories(folder.resolve("routes"));
        Files.copy(Path.of("routes/error-handling.camel.yaml"), folder.resolve("routes/error-handling.camel.yaml"));
    }

    private String subscribed(String suffix, Map<String, String> topic, Map<QueueAttributeName, String> queue) {
        String url = stack.sqs().createQueue(create -> create.queueName(name + suffix).attributes(queue)).queueUrl();
        String queueArn = stack.sqs().getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes().get(QueueAttributeName.QUEUE_ARN);
        String topicArn = stack.sns().createTopic(create -> create.name(name + suffix).attributes(topic)).topicArn();
        stack.sns().subscribe(subscribe -> subscribe.topicArn(topicArn).protocol("sqs").endpoint(queueArn)
                .attributes(Map.of("RawMessageDelivery", "true")));
        return url;
    }

    /** @param poison whether the first change of item-0 fails before it is sent */
    private void route(boolean poison, String source) throws IOException {
        Files.writeString(folder.resolve("routes/a.camel.yaml"), """
                - route:
                    id: a
                    routeConfigurationId: error-handling
                    from:
                      uri: aws2-ddbstream:%1$s
                      parameters: {streamIteratorType: FROM_START, checkpointDirectory: "%2$s/checkpoints"%4$s}
                      steps:
                        %5$s- transformDataType: {toType: "aws2-ddbstream:dynamodb-json"}
                        %5$s- to: {uri: "kamelet:distributary-file-sink", parameters: {file: "%2$s/changes.jsonl"}}
                        %6$s- choice:
                        %6$s    when:
                        %6$s      - expression: {simple: {expression: "${header.CamelAwsDdbStreamPartitionKey} == 'item-0' && ${header.CamelAwsDdbStreamEventName} == 'INSERT'"}}
                        %6$s        steps:
                        %6$s          - throwException: {message: poison, exceptionType: java.lang.IllegalArgumentException}
                        %7$s- transformDataType: {toType: "aws2-ddbstream:change-event"}
                        - multicast:
                            steps:
                              - to: {uri: "kamelet:distributary-opensearch-sink", parameters: {index: %1$s, indexTemplate: %1$s}}
                              - to: {uri: "kamelet:distributary-dynamodb-sink", parameters: {table: %3$s, tombstoneTtl: 90000000}}
                              - to: {uri: "kamelet:distributary-sns-sink", parameters: {topic: %1$s.fifo}}
                              - to: {uri: "kamelet:distributary-sns-sink", parameters: {topic: %1$s}}
                """.formatted(name, folder, replica, source, poison ? "" : "# ", poison ? "" : "# ",
                source.isEmpty() ? "" : "# ")); // targets make the envelopes of a batch themselves
    }

    private JsonNode replay(String file) throws IOException {
        StringWriter output = new StringWriter();
        CommandLine command = DistributaryCommand.commandLine();
        command.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        int code = command.execute("replay", "a", folder.resolve(file).toString(), "--keys", "pk,sk", "--json", "--kamelets", "kamelets",
                "--config", folder.resolve("application.properties").toString(), "--routes", folder.resolve("routes").toString());
        assertEquals(0, code, errors + "\n" + output);
        return JSON.readTree(output.toString());
    }

    @Test
    void whatIsNewerStaysAndTheIdsAreTheSame() throws Exception {
        route(true, "");
        for (int version = 1; version <= 3; version++) {
            for (int item = 0; item < ITEMS; item++) {
                put("item-" + item, version);
            }
        }
        put(GONE, 1);
        stack.dynamoDb().deleteItem(delete -> delete.tableName(name).key(key(GONE)));
        runLive();
        Map<String, String> current = new TreeMap<>();
        for (int item = 0; item < ITEMS; item++) {
            current.put("item-" + item, "3");
        }
        assertEquals(current, documents());
        assertEquals(current, replicas());
        // of every change but the dead letter
        Map<String, Integer> live = arrived(plainQueueUrl, ITEMS * 3 + 2 - 1);
        assertEquals(live.keySet(), arrived(queueUrl, live.size()).keySet());

        // all but the last change of each item, as Lambda would have got them
        List<String> old = new ArrayList<>();
        TreeSet<String> oldIds = new TreeSet<>();
        for (String line : Files.readAllLines(folder.resolve("changes.jsonl"))) {
            JsonNode change = JSON.readTree(line);
            String version = change.at("/dynamodb/NewImage/n/N").asText();
            if (!version.equals("3") && !change.path("eventName").asText().equals("REMOVE")) {
                old.add(line);
                oldIds.add(change.path("eventID").asText());
            }
        }
        assertEquals(ITEMS * 2 + 1, old.size());
        Files.writeString(folder.resolve("lambda.json"), "{\"Records\":[" + String.join(",", old) + "]}");
        route(false, "");
        for (String source : List.of("", ", exchangeMode: BATCH, batchSize: 3")) {
            route(false, source);
            JsonNode summary = replay("lambda.json");
            assertEquals(old.size(), summary.path("done").intValue(), summary.toString());
            assertEquals(0, summary.path("dead_letters").intValue(), summary.toString());
            Map<String, Integer> again = arrived(plainQueueUrl, old.size());
            assertEquals(oldIds, again.keySet(), "a standard topic gets them again, with the ids that they had");
            assertEquals(current, documents());
            assertEquals(current, replicas());
        }

        // the dead letter, whose item has changed since
        assertEquals(1, Files.readAllLines(folder.resolve("dead.jsonl")).size());
        String dead = JSON.readTree(folder.resolve("dead.jsonl").toFile()).path("event_id").textValue();
        assertTrue(oldIds.contains(dead) && !live.containsKey(dead), dead);
        JsonNode summary = replay("dead.jsonl");
        assertEquals(1, summary.path("done").intValue(), summary.toString());
        assertEquals(List.of(dead), List.copyOf(arrived(plainQueueUrl, 1).keySet()));
        assertEquals(current, documents());
        assertEquals(current, replicas());
        assertEquals(List.of(dead), List.copyOf(arrived(queueUrl, 1).keySet()), "a FIFO topic knows the others by their ids");
        assertTrue(stack.sqs().receiveMessage(receive -> receive.queueUrl(queueUrl).waitTimeSeconds(1)).messages().isEmpty());
    }

    private void runLive() {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:" + folder.resolve("application.properties"));
        main.configure().withRoutesIncludePattern("file:" + folder.resolve("routes") + "/*.camel.yaml").withJmxEnabled(false);
        main.start();
        try {
            await().atMost(PATIENCE).ignoreExceptionsInstanceOf(SandboxException.class).until(() -> documents().size() == ITEMS
                    && documents().values().stream().allMatch("3"::equals) && replicas().equals(documents())
                    && Files.exists(folder.resolve("dead.jsonl")) && Files.readAllLines(folder.resolve("changes.jsonl")).size() == ITEMS * 3 + 2);
        } finally {
            main.stop(); // when all has been acknowledged
        }
    }

    private void put(String pk, int version) {
        Map<String, AttributeValue> item = new HashMap<>(key(pk));
        item.put("n", AttributeValue.fromN(Integer.toString(version)));
        stack.dynamoDb().putItem(put -> put.tableName(name).item(item));
    }

    private static Map<String, AttributeValue> key(String pk) {
        return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS("1"));
    }

    /** The version that each item has in the index. */
    private Map<String, String> documents() {
        stack.openSearch().send("POST", "/" + name + "/_refresh", null);
        Map<String, String> found = new TreeMap<>();
        stack.openSearch().send("GET", "/" + name + "/_search?size=100", null).body().at("/hits/hits")
                .forEach(hit -> found.put(hit.at("/_source/pk").asText(), hit.at("/_source/n").asText()));
        return found;
    }

    /** The version that each item has in the replica, tombstones left out. */
    private Map<String, String> replicas() {
        return stack.dynamoDb().scan(scan -> scan.tableName(replica).consistentRead(true)).items().stream()
                .filter(item -> !item.containsKey("distributary_deleted"))
                .collect(Collectors.toMap(item -> item.get("pk").s(), item -> item.get("n").n(), (a, b) -> a, TreeMap::new));
    }

    /** How often each event id has come; takes the messages away. */
    private Map<String, Integer> arrived(String queue, int count) throws IOException {
        Map<String, Integer> ids = new TreeMap<>();
        for (int received = 0; received < count;) {
            List<Message> messages = stack.sqs().receiveMessage(receive -> receive.queueUrl(queue).maxNumberOfMessages(10)
                    .waitTimeSeconds(20).messageAttributeNames("All")).messages();
            assertTrue(!messages.isEmpty(), received + " of " + count + " arrived: " + ids);
            for (Message message : messages) {
                String id = message.messageAttributes().get("event_id").stringValue();
                assertEquals(id, JSON.readTree(message.body()).path("event_id").textValue());
                ids.merge(id, 1, Integer::sum);
                stack.sqs().deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
            }
            received += messages.size();
        }
        return ids;
    }
}
