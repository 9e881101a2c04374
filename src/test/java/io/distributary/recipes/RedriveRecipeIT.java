package io.distributary.recipes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.distributary.deadletter.Letters;
import io.distributary.event.ChangeEvent;
import io.distributary.event.StreamSource;
import io.distributary.redrive.RedriveOutcome;
import io.distributary.redrive.RunningRedrive;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.sqs.model.Message;

@WithSandbox({Service.DYNAMODB, Service.SQS})
class RedriveRecipeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;

    @TempDir
    private Path folder;

    RedriveRecipeIT(Stack stack) {
        this.stack = stack;
    }

    private static Map<String, AttributeValue> attributes(String text) {
        return Map.of("text", AttributeValue.fromS(text));
    }

    /** As the source makes it of a put of that text. */
    private static ChangeEvent put(Items items, String id, String pk, String text) {
        StreamSource source = new StreamSource(items.table, "arn:aws:dynamodb:us-east-1:000000000000:table/" + items.table + "/stream/s",
                "shardId-1", "pk", "sk");
        Map<String, AttributeValue> keys = Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS("s"));
        Map<String, AttributeValue> image = Map.of("pk", keys.get("pk"), "sk", keys.get("sk"), "text", AttributeValue.fromS(text));
        return ChangeEvent.of(Record.builder().eventID(id).eventName("INSERT").eventSource("aws:dynamodb")
                .dynamodb(change -> change.keys(keys).newImage(image).sequenceNumber("1").streamViewType("NEW_AND_OLD_IMAGES")
                        .approximateCreationDateTime(Instant.now())).build(), source).withVersion(1);
    }

    @Test
    void theRunningRouteTakesWhatMayGoToTheTargetThatFailedAndItsSourceGoesOn() throws Exception {
        Items items = new Items(stack, Stack.uniqueName("redriven"));
        SqsInbox healthy = new SqsInbox(stack, Stack.uniqueName("healthy"));
        SqsInbox failed = new SqsInbox(stack, Stack.uniqueName("failed"));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RecipeRun recipe = new RecipeRun(stack, folder, "redrive").bind("meters", meters);
        recipe.set("REDRIVE_STORE", "sqs:" + recipe.deadLetters.name).set("REDRIVE_EVERY", "500");
        Files.writeString(folder.resolve("routes/orders-fanout.camel.yaml"), """
                - route:
                    id: orders-fanout
                    routeConfigurationId: error-handling
                    from:
                      uri: "kamelet:distributary-ddb-streams-source?table=%s"
                      steps:
                        - multicast:
                            steps:
                              - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: %s}}
                              - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: %s}}
                """.formatted(items.table, healthy.name, failed.name));
        String target = "kamelet:distributary-sqs-sink?queue=" + failed.name;
        items.put("current", "s", attributes("a"));
        items.put("overtaken", "s", attributes("newer"));
        for (ChangeEvent event : List.of(put(items, "letter-current", "current", "a"), put(items, "letter-old", "overtaken", "older"))) {
            String url = stack.sqs().getQueueUrl(get -> get.queueName(recipe.deadLetters.name)).queueUrl();
            stack.sqs().sendMessage(send -> send.queueUrl(url).messageBody(Letters.of(event, target)
                    .replaceFirst("\\{", "{\"route_id\":\"orders-fanout\",")));
        }

        Main main = recipe.start();
        try {
            RunningRedrive redrive = RunningRedrive.of(main.getCamelContext());
            await().atMost(PATIENCE).untilAsserted(() -> assertTrue(ids(failed).anyMatch("letter-current"::equals),
                    () -> redrive.status() + ", arrived: " + ids(failed).toList()));
            await().atMost(PATIENCE).until(() -> redrive.status().stayed().stream()
                    .anyMatch(stays -> stays.outcome() == RedriveOutcome.HELD && stays.letter().letter().eventId().equals("letter-old")));
            await().atMost(PATIENCE).until(() -> redriven(meters, "sent") == 1 && redriven(meters, "held") >= 1);
            items.put("live", "s", attributes("b"));
            for (SqsInbox inbox : List.of(healthy, failed)) {
                await().atMost(PATIENCE).until(() -> inbox.look().stream().anyMatch(message -> message.body().contains("\"live\"")));
            }
        } finally {
            main.stop();
        }
        assertFalse(ids(failed).anyMatch("letter-old"::equals), "an older change has overwritten a newer one");
        assertTrue(ids(healthy).noneMatch(id -> id.startsWith("letter-")), "a target that had not failed got it again");
        await().atMost(PATIENCE).until(() -> !recipe.deadLetters.look().isEmpty());
        assertEquals(1, recipe.deadLetters.look().stream().map(Message::messageId).distinct().count());
        assertTrue(recipe.deadLetters.look().get(0).body().contains("letter-old"));
    }

    private static double redriven(SimpleMeterRegistry meters, String outcome) {
        return meters.find("distributary.redrive.records").tag("outcome", outcome).counters().stream().mapToDouble(Counter::count).sum();
    }

    private static Stream<String> ids(SqsInbox inbox) {
        return inbox.look().stream().map(message -> message.messageAttributes().get("event_id").stringValue());
    }
}
