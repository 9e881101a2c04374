package io.distributary.ddbstream.checkpoint.leased;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.sun.net.httpserver.HttpServer;
import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.CheckpointStore;
import io.distributary.ddbstream.checkpoint.OwnershipLostException;
import io.distributary.ddbstream.checkpoint.StoredProgress;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@WithSandbox(Service.DYNAMODB)
class DynamoDbCheckpointStoreIT extends LeasedStoreContract {
    private final String checkpoints = Stack.uniqueName("checkpoints");
    private DynamoDbClient client;
    private Stack stack;

    @BeforeEach
    void use(Stack stack) {
        this.stack = stack;
        client = stack.dynamoDb();
    }

    @Override
    CheckpointStore store(String table, Duration lease) {
        return new DynamoDbCheckpointStore(client, checkpoints, APPLICATION, table, lease);
    }

    @Override
    protected StoredProgress progress() {
        return DynamoDbProgress.read(client, checkpoints);
    }

    @Override
    void deleteLease() {
        client.deleteItem(request -> request.tableName(checkpoints).key(key("orders#lease")));
    }

    @Test
    void theTableIsCreatedWithOnDemandBillingAndItsItemsAreReadable() {
        opened().save(stream(), ALL, ALL.keySet());
        TableDescription table = client.describeTable(request -> request.tableName(checkpoints)).table();
        assertEquals(BillingMode.PAY_PER_REQUEST, table.billingModeSummary().billingMode());
        Map<String, AttributeValue> item = item("orders#2026-01-01T00:00:00.000#s4");
        assertEquals("LATEST", item.get("checkpoint").s());
        assertEquals(AT.toString(), item.get("at").s());
        assertEquals(stream(), item.get("streamArn").s());
        assertTrue(item("orders#lease").get("leaseOwner").s().contains("process " + ProcessHandle.current().pid()));
    }

    @Test
    void anotherApplicationHasCheckpointsOfItsOwn() {
        opened().save(stream(), ALL, ALL.keySet());
        CheckpointStore other = opened(new DynamoDbCheckpointStore(client, checkpoints, "other", table()));
        assertEquals(Optional.empty(), other.load(stream()));
    }

    @Test
    void aSaveBehindTheOwnersBackIsRefusedByTheTransactionItself() {
        CheckpointStore store = opened(store(table(), Duration.ofHours(1)));
        store.save(stream(), ALL, ALL.keySet());
        Map<String, AttributeValue> lease = new HashMap<>(item("orders#lease"));
        lease.put("leaseOwner", AttributeValue.fromS("host-2 process 7"));
        lease.put("leaseVersion", AttributeValue.fromS("another"));
        client.putItem(request -> request.tableName(checkpoints).item(lease));
        Map<String, Checkpoint> late = Map.of("s2", Checkpoint.after("999"));
        OwnershipLostException problem = assertThrows(OwnershipLostException.class,
                () -> store.save(stream(), late, Set.of("s1", "s2")));
        assertTrue(problem.getMessage().contains("taken over by host-2 process 7"), problem.getMessage());
        assertEquals("495", item("orders#2026-01-01T00:00:00.000#s2").get("checkpoint").s());
        assertEquals("SHARD_END", item("orders#2026-01-01T00:00:00.000#s1").get("checkpoint").s());
    }

    @Test
    void checkpointsOfAnotherRegionsStreamAreRefused() {
        CheckpointStore store = opened();
        store.save(stream(), ALL, ALL.keySet());
        String message = assertDefinitive(() -> store.load(stream().replace("eu-west-1", "us-east-1")));
        assertTrue(message.contains("belongs to the stream " + stream()), message);
    }

    @Test
    void anItemThatIsNoCheckpointIsReportedWithItsKey() {
        CheckpointStore store = opened();
        store.save(stream(), ALL, ALL.keySet());
        Map<String, AttributeValue> item = new HashMap<>(item("orders#2026-01-01T00:00:00.000#s2"));
        item.put("checkpoint", AttributeValue.fromS("MIDDLE"));
        client.putItem(request -> request.tableName(checkpoints).item(item));
        String message = assertDefinitive(() -> store.load(stream()));
        assertTrue(message.startsWith("The item orders#2026-01-01T00:00:00.000#s2 of application 'fan-out' in the DynamoDB table "
                + checkpoints + " is no checkpoint"), message);
    }

    @Test
    void aTableWithOtherKeysIsNoCheckpointTable() {
        stack.createTable(checkpoints, StreamViewType.KEYS_ONLY);
        String message = assertDefinitive(this::opened);
        assertTrue(message.contains("has the keys [pk, sk] instead of applicationName and checkpointKey"), message);
    }

    @Test
    void aServerThatDoesNotAnswerMayAnswerLater() {
        try (DynamoDbClient nowhere = client(URI.create("http://localhost:1"))) {
            assertRetryable(() -> new DynamoDbCheckpointStore(nowhere, checkpoints, APPLICATION, "orders").open(),
                    "DynamoDB table " + checkpoints + " cannot be described (");
        }
    }

    @Test
    void deniedRightsAreNamed() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":\"not authorized\"}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try (DynamoDbClient denied = client(URI.create("http://localhost:" + server.getAddress().getPort()))) {
            String message = assertDefinitive(() -> new DynamoDbCheckpointStore(denied, checkpoints, APPLICATION, "orders").open());
            for (String right : List.of("CreateTable", "Query", "PutItem", "ConditionCheckItem")) {
                assertTrue(message.contains(right), message);
            }
        } finally {
            server.stop(0);
        }
    }

    private Map<String, AttributeValue> item(String key) {
        return client.getItem(request -> request.tableName(checkpoints).key(key(key))).item();
    }

    private static Map<String, AttributeValue> key(String key) {
        return Map.of("applicationName", AttributeValue.fromS(APPLICATION), "checkpointKey", AttributeValue.fromS(key));
    }

    private static DynamoDbClient client(URI endpoint) {
        return DynamoDbClient.builder().region(Region.EU_WEST_1).endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1))).build();
    }
}
