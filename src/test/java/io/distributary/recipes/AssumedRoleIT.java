package io.distributary.recipes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.distributary.cli.PackagedJar;
import io.distributary.diagnosis.ExitCode;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.nats.client.JetStreamApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code AWS_ASSUME_ROLE_ARN} of a process. */
@WithSandbox({Service.DYNAMODB, Service.NATS, Service.SQS})
class AssumedRoleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROLE = "arn:aws:iam::123456789012:role/stream-reader";

    private final Stack stack;

    @TempDir
    private Path folder;

    AssumedRoleIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void theTableIsReadWithTheRoleAndTheRoleIsAssumedAgainBeforeItExpires() throws Exception {
        Items items = new Items(stack, Stack.uniqueName("orders"));
        // the SDK asks for new credentials a minute before the old ones expire
        try (ScriptedSts sts = new ScriptedSts(Duration.ofSeconds(55), Duration.ofHours(1));
                DynamoDbGate dynamoDb = new DynamoDbGate(stack.endpoint(Service.DYNAMODB), "nothing");
                PackagedJar jar = relay(items, sts).set("AWS_ENDPOINT_DYNAMODB", dynamoDb.url()).startJar()) {
            items.put("A", "1", Map.of());
            String subject = "relay-" + items.table;
            // no stream before the first message
            await().atMost(PATIENCE).ignoreExceptionsInstanceOf(JetStreamApiException.class).until(() -> stack.nats().jetStreamManagement().getStreamInfo(subject).getStreamState()
                    .getMsgCount() == 1);

            // the first key may have been used up by the look at the dead letters' queue
            assertEquals("ROLEKEY2", dynamoDb.accessKeys().get(dynamoDb.accessKeys().size() - 1));
            assertEquals(List.of(), dynamoDb.accessKeys().stream().filter(key -> !key.startsWith("ROLEKEY")).toList());
            assertEquals(2, sts.requests().size(), () -> sts.requests().toString());
            assertTrue(sts.requests().stream().allMatch(request -> request.contains("Credential=" + Stack.CREDENTIAL + "/")
                    && request.contains("RoleArn=" + ROLE) && request.contains("RoleSessionName=distributary")),
                    () -> sts.requests().toString());
        }
    }

    @Test
    void aRoleThatIsRefusedEndsTheStartWithOneLineThatNamesIt() throws Exception {
        Items items = new Items(stack, Stack.uniqueName("orders"));
        try (ScriptedSts sts = new ScriptedSts(); PackagedJar jar = relay(items, sts).launchJar()) {
            assertEquals(ExitCode.REFUSED.code(), jar.exitCode(), () -> jar.lines().toString());
            assertEquals(1, jar.lines().size(), () -> jar.lines().toString());
            assertTrue(jar.lines().get(0).contains("is not authorized to perform: sts:AssumeRole") && jar.lines().get(0).contains(ROLE),
                    () -> jar.lines().toString());
        }
    }

    private RecipeRun relay(Items items, ScriptedSts sts) throws Exception {
        String own = "relay-" + items.table;
        return new RecipeRun(stack, folder, "nats-relay").set("DYNAMODB_TABLES", items.table).set("NATS_STREAM_NAME", own)
                .set("NATS_SUBJECT_PREFIX", own).set("AWS_ASSUME_ROLE_ARN", ROLE).set("AWS_ENDPOINT_STS", sts.url());
    }
}
