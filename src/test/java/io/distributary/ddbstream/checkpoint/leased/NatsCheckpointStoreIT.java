package io.distributary.ddbstream.checkpoint.leased;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.CheckpointStore;
import io.distributary.ddbstream.checkpoint.OwnershipLostException;
import io.distributary.ddbstream.checkpoint.StoredProgress;
import io.distributary.sandbox.Sandbox;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueStatus;
import io.nats.client.api.StorageType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@WithSandbox(Service.NATS)
class NatsCheckpointStoreIT extends LeasedStoreContract {
    private final String bucket = Stack.uniqueName("checkpoints");
    private Connection connection;

    @BeforeEach
    void use(Stack stack) {
        connection = stack.nats();
    }

    @Override
    CheckpointStore store(String table, Duration lease) {
        return new NatsCheckpointStore(() -> connection, bucket, APPLICATION, table, lease);
    }

    @Override
    protected StoredProgress progress() {
        return NatsProgress.read(() -> connection, bucket);
    }

    @Override
    void deleteLease() {
        try {
            keys().delete("orders.lease");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theBucketKeepsOneValueOfEachKeyInFilesForEver() throws Exception {
        opened();
        KeyValueStatus status = connection.keyValueManagement().getStatus(bucket);
        assertEquals(1, status.getMaxHistoryPerKey());
        assertEquals(StorageType.File, status.getStorageType());
        assertEquals(Duration.ZERO, status.getTtl());
    }

    @Test
    void theKeyIsTableAndShardAndTheValueSaysWhatItBelongsTo() throws Exception {
        opened().save(stream(), ALL, ALL.keySet());
        JsonNode value = new ObjectMapper().readTree(keys().get("orders.s4").getValue());
        assertEquals("LATEST", value.get("checkpoint").textValue());
        assertEquals(AT.toString(), value.get("at").textValue());
        assertEquals(stream(), value.get("streamArn").textValue());
        assertEquals(APPLICATION, value.get("applicationName").textValue());
        assertEquals("s4", value.get("shardId").textValue());
    }

    @Test
    void aBucketThatForgetsIsRefused() throws Exception {
        connection.keyValueManagement().create(KeyValueConfiguration.builder(bucket).ttl(Duration.ofHours(1)).build());
        String message = assertDefinitive(this::opened);
        assertTrue(message.contains("forgets its keys after PT1H"), message);
    }

    @Test
    void theKeysOfAnotherApplicationAreRefused() {
        CheckpointStore store = opened();
        store.save(stream(), ALL, ALL.keySet());
        store.close();
        String message = assertDefinitive(() -> opened(new NatsCheckpointStore(() -> connection, bucket, "other", table())));
        assertTrue(message.contains("belong to application 'fan-out', not to 'other'"), message);
        deleteLease();
        CheckpointStore other = opened(new NatsCheckpointStore(() -> connection, bucket, "other", table()));
        assertTrue(assertDefinitive(() -> other.load(stream())).contains("belongs to application 'fan-out', not to 'other'"));
    }

    @Test
    void aStreamCreatedAnewWithTheSameShardIdsIsReportedNotOverwritten() {
        CheckpointStore store = opened();
        store.save(stream(), ALL, ALL.keySet());
        store.close();
        CheckpointStore again = opened();
        Map<String, Checkpoint> first = Map.of("s2", Checkpoint.trimHorizon());
        String message = assertDefinitive(() -> again.save(stream(table(), "2026-02-02T00:00:00.000"), first, first.keySet()));
        assertTrue(message.contains("nats kv del " + bucket + " orders.s2"), message);
        assertEquals(Optional.of(ALL), again.load(stream()));
    }

    @Test
    void aKeyWrittenByAnotherProgramIsFoundByItsRevision() throws Exception {
        CheckpointStore store = opened();
        store.save(stream(), ALL, ALL.keySet());
        String value = keys().get("orders.s2").getValueAsString();
        keys().put("orders.s2", value.replaceAll("\"savedBy\":\"[^\"]*\"", "\"savedBy\":\"an old relay\""));
        Map<String, Checkpoint> next = Map.of("s2", Checkpoint.after("500"));
        OwnershipLostException problem = assertThrows(OwnershipLostException.class,
                () -> store.save(stream(), next, next.keySet()));
        assertTrue(problem.getMessage().contains("were written by an old relay too (key orders.s2)"), problem.getMessage());
        assertTrue(keys().get("orders.s2").getValueAsString().contains("\"495\""));
    }

    @Test
    void aWriteWhoseAnswerWasLostIsNotTakenForAnotherWriter() throws Exception {
        CheckpointStore store = opened();
        store.save(stream(), ALL, ALL.keySet());
        keys().put("orders.s2", keys().get("orders.s2").getValue());
        Map<String, Checkpoint> next = Map.of("s2", Checkpoint.after("500"));
        store.save(stream(), next, next.keySet());
        assertTrue(keys().get("orders.s2").getValueAsString().contains("\"500\""));
    }

    @Test
    void aFormerOwnersWriteOnItsWayIsTooLateOnceTheNextOwnerHasLoaded() throws Exception {
        CheckpointStore stalled = opened(store(table(), Duration.ofHours(1)));
        stalled.save(stream(), ALL, ALL.keySet());
        long known = keys().get("orders.s2").getRevision();
        opened().load(stream());
        assertThrows(JetStreamApiException.class, () -> keys().update("orders.s2", "late", known));
    }

    @Test
    void credentialsThatTheServersRefuseEndTheStart() {
        String message = assertDefinitive(() -> new NatsCheckpointStore(() -> {
            throw new IllegalArgumentException("NATS at nats://a:1 refused the credentials");
        }, bucket, APPLICATION, "orders").open());
        assertTrue(message.contains("cannot be opened (NATS at nats://a:1 refused the credentials)"), message);
    }

    @Test
    void aKeyThatIsNoCheckpointIsReported() throws Exception {
        CheckpointStore store = opened();
        keys().put("orders.s2", "nonsense".getBytes(StandardCharsets.UTF_8));
        String message = assertDefinitive(() -> store.load(stream()));
        assertTrue(message.startsWith("The key orders.s2 of the NATS bucket " + bucket + " is no checkpoint (no JSON)"), message);
    }

    @Test
    void aServerThatGoesAwayMayComeBackWithWhatItHad(@TempDir Path folder) throws Exception {
        try (Sandbox sandbox = Sandbox.in(folder)) {
            connection = sandbox.nats();
            CheckpointStore store = opened();
            store.save(stream(), ALL, ALL.keySet());
            sandbox.natsServer().stop();
            Map<String, Checkpoint> next = Map.of("s2", Checkpoint.after("500"));
            assertRetryable(() -> store.save(stream(), next, next.keySet()), "NATS bucket " + bucket);
            assertRetryable(this::opened, "NATS bucket " + bucket);
            sandbox.natsServer().start();
            await().atMost(Duration.ofSeconds(30)).until(() -> connection.getStatus() == Connection.Status.CONNECTED);
            store.save(stream(), next, next.keySet());
            store.close();
            assertEquals(Checkpoint.after("500"), opened().load(stream()).orElseThrow().get("s2"));
            closeStores();
        }
    }

    private KeyValue keys() throws Exception {
        return connection.keyValue(bucket);
    }
}
