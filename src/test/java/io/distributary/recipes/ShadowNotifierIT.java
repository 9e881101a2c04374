package io.distributary.recipes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

@WithSandbox({Service.DYNAMODB, Service.NATS, Service.SNS, Service.SQS})
class ShadowNotifierIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HOT = "81.12345678901234567890123456789012345";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stack stack;
    private Items shadows;
    private SqsInbox readings;
    private SqsInbox alarms;
    private SqsInbox alarmsTopic;
    private SqsInbox commands;
    private SubjectInbox stream;
    private String streamName;
    private RecipeRun notifier;

    @TempDir
    private Path folder;

    ShadowNotifierIT(Stack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void notifier() throws Exception {
        shadows = new Items(stack, Stack.uniqueName("shadows"));
        readings = new SqsInbox(stack, Stack.uniqueName("readings"));
        alarms = new SqsInbox(stack, Stack.uniqueName("alarms") + ".fifo");
        String topic = Stack.uniqueName("alarms");
        alarmsTopic = new SqsInbox(stack, Stack.uniqueName("alarms-topic")).subscribedTo(topic);
        commands = new SqsInbox(stack, Stack.uniqueName("commands"));
        streamName = Stack.uniqueName("shadows");
        stream = new SubjectInbox(stack, streamName);
        notifier = new RecipeRun(stack, folder, "shadow-notifier").set("SHADOW_TABLE", shadows.table).set("SHADOW_START", "FROM_START")
                .set("SHADOW_READINGS_QUEUE", readings.name).set("SHADOW_ALARMS_QUEUE", alarms.name).set("SHADOW_ALARMS_TOPIC", topic)
                .set("SHADOW_COMMANDS_QUEUE", commands.name).set("SHADOW_STREAM", streamName);
    }

    @Test
    void eachSelectionTellsAllOfItsTargetsOfWhatChangedAndNobodyOfATimestamp() throws Exception {
        report("21.5", 1);
        report("21.5", 2); // only the time
        report(HOT, 3);
        report("82", 4); // still hot
        report("20", 5);
        shadows.put("DS#d-1", "DSD#climate", state(Map.of("setpoint", n("20"))));
        shadows.put("DS#d-1", "META", state(Map.of("temperature", sensor("99", 1))));
        shadows.put("OTHER#1", "DSR#climate", state(Map.of("temperature", sensor("99", 1))));
        Main application = notifier.start();
        try {
            report("19", 6);
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(5, readings.look().size()));
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(1, commands.look().size()));
        } finally {
            application.stop();
        }

        assertEquals(List.of("null>21.5", "21.5>" + HOT, HOT + ">82", "82>20", "20>19"), values(readings.look()));
        assertEquals(List.of("21.5>" + HOT), values(alarms.look()));
        assertEquals(List.of("21.5>" + HOT), values(alarmsTopic.look()));
        assertEquals(List.of("null>20"), values(commands.look()));
        assertEquals(5, stream.look(streamName + ".reading.>").size());
        assertEquals(List.of(alarms.look().get(0).body()),
                stream.look(streamName + ".overheated.>").stream().map(SubjectInbox::text).toList(), "the same change, twice selected");
        assertEquals(List.of(), notifier.deadLetters.look());

        JsonNode alarm = json(alarms.look().get(0).body());
        assertEquals(List.of("overheated", "d-1", "climate"),
                List.of(alarm.get("selection").asText(), alarm.get("device").asText(), alarm.get("shadow").asText()));
        assertEquals("state.temperature.value", alarm.at("/values/0/path").asText());
        Map<String, String> attributes = new TreeMap<>();
        alarms.look().get(0).messageAttributes().forEach((name, value) -> attributes.put(name, value.stringValue()));
        assertEquals(Map.of("event_id", alarm.get("event_id").asText(), "selection", "overheated", "device", "d-1", "shadow", "climate"),
                attributes);
    }

    @Test
    void aTargetThatFailsHoldsBackNoOtherAndARestartRepeatsNothing() throws Exception {
        notifier.set("camel.component.aws2-sqs.retry-timeout", "200");
        Main application = notifier.start();
        try {
            alarms.delete();
            report("21.5", 1);
            report("90", 2);
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(1, notifier.deadLetters.look().size()));
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(1, alarmsTopic.look().size()));
            report("70", 3);
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(3, readings.look().size()));
        } finally {
            application.stop();
        }
        new SqsInbox(stack, alarms.name);
        application = notifier.start();
        try {
            report("60", 4);
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(4, readings.look().size()));
        } finally {
            application.stop();
        }

        assertEquals(List.of("null>21.5", "21.5>90", "90>70", "70>60"), values(readings.look()));
        assertEquals(List.of("21.5>90"), values(alarmsTopic.look()));
        assertEquals(1, stream.look(streamName + ".overheated.>").size());
        assertEquals(1, notifier.deadLetters.look().size());
        JsonNode dead = json(notifier.deadLetters.look().get(0).body());
        assertTrue(dead.get("target").asText().startsWith("kamelet:distributary-sqs-sink"), dead::toString);
        assertEquals("shadow-overheated", dead.get("route_id").asText());
    }

    private void report(String temperature, long at) {
        shadows.put("DS#d-1", "DSR#climate", state(Map.of("temperature", sensor(temperature, at), "humidity", AttributeValue.fromM(
                Map.of("at", n(Long.toString(at)))))));
    }

    private static AttributeValue sensor(String value, long at) {
        return AttributeValue.fromM(Map.of("value", n(value), "at", n(Long.toString(at))));
    }

    private static Map<String, AttributeValue> state(Map<String, AttributeValue> entries) {
        return Map.of("state", AttributeValue.fromM(entries));
    }

    private static AttributeValue n(String digits) {
        return AttributeValue.fromN(digits);
    }

    /** Of each message, the old and the new value as they are written, which must be the only ones. */
    private static List<String> values(List<Message> messages) {
        return messages.stream().map(message -> {
            assertEquals(1, json(message.body()).get("values").size(), message::body);
            String text = message.body().replaceAll(".*\"values\":\\[\\{\"path\":\"[^\"]*\",?|}]}$", "");
            String before = text.contains("\"old\":") ? text.replaceAll(".*\"old\":([^,]*).*", "$1") : "null";
            return before + '>' + text.replaceAll(".*\"new\":", "");
        }).toList();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
