package io.distributary.ddb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.distributary.coalesce.Outcome;
import io.distributary.event.ChangeEvent;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Random histories of an item, delivered with replays, on DynamoDB Local: what the replica ends as is what the item ended as.
 * Every model prints its seed where it fails.
 */
@WithSandbox(Service.DYNAMODB)
final class ReplicationModelIT {
    private static final int MODELS = 60;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** What a restart does: from some earlier change on, everything again, in order. */
    @Test
    void replaysInOrderConverge(Stack stack) throws Exception {
        models(stack, Duration.ZERO, (history, random) -> {
            List<ChangeEvent> deliveries = new ArrayList<>(history.subList(0, 1 + random.nextInt(history.size())));
            for (int restart = random.nextInt(4); restart > 0; restart--) {
                int from = random.nextInt(deliveries.size());
                deliveries.addAll(history.subList(Math.min(from, history.size() - 1), history.size()));
            }
            int seen = history.indexOf(deliveries.get(deliveries.size() - 1));
            deliveries.addAll(history.subList(seen + 1, history.size()));
            return deliveries;
        });
    }

    /** What redrives and a former owner's last writes can do. */
    @Test
    void withTombstonesReplaysInAnyOrderConverge(Stack stack) throws Exception {
        models(stack, Duration.ofHours(25), (history, random) -> {
            List<ChangeEvent> deliveries = new ArrayList<>(history);
            for (int again = random.nextInt(history.size() + 1); again > 0; again--) {
                deliveries.add(history.get(random.nextInt(history.size())));
            }
            Collections.shuffle(deliveries, random);
            return deliveries;
        });
    }

    /** As docs/dynamodb.md says: without tombstones an old change that comes after the deletion brings the item back. */
    @Test
    void withoutTombstonesALateChangeBringsADeletedItemBack(Stack stack) throws Exception {
        String table = table(stack);
        ChangeEvent put = Changes.put("a", 1, "x");

        deliver(stack, table, Duration.ZERO, List.of(put, Changes.remove("a", 2), put));

        assertEquals("1", item(stack, table, "a").get(Attributes.VERSION).n());
    }

    @Test
    void anApplicationsItemWithoutVersionIsTakenOver(Stack stack) throws Exception {
        String table = table(stack);
        stack.dynamoDb().putItem(put -> put.tableName(table).item(Changes.item("a", Map.of("value", AttributeValue.fromS("own")))));
        stack.dynamoDb().putItem(put -> put.tableName(table).item(Changes.item("b", Map.of("value", AttributeValue.fromS("own")))));

        deliver(stack, table, Duration.ZERO, List.of(Changes.put("a", 1, "x"), Changes.remove("b", 2)));

        assertEquals("x", item(stack, table, "a").get("value").s());
        assertTrue(item(stack, table, "b").isEmpty());
    }

    /** Between the two writes of a deletion the process was killed; the replay finds the item said deleted, at its version. */
    @Test
    void aDeletionThatWasCutInTwoIsFinishedByItsReplay(Stack stack) throws Exception {
        String table = table(stack);
        deliver(stack, table, Duration.ZERO, List.of(Changes.put("a", 1, "x")));
        ChangeEvent remove = Changes.remove("a", 2);
        send(stack, List.of(List.of(writes(table, Duration.ZERO).of(remove).get(0))));
        assertEquals(true, item(stack, table, "a").get(Attributes.DELETED).bool());

        deliver(stack, table, Duration.ZERO, List.of(remove));

        assertTrue(item(stack, table, "a").isEmpty());
    }

    private interface Delivery {
        List<ChangeEvent> of(List<ChangeEvent> history, Random random);
    }

    private void models(Stack stack, Duration tombstones, Delivery delivery) throws Exception {
        String table = table(stack);
        long seed = new Random().nextLong();
        for (int model = 0; model < MODELS; model++) {
            String said = "seed " + seed + ", model " + model;
            Random random = new Random(seed + model);
            String id = "item" + model;
            List<ChangeEvent> history = new ArrayList<>();
            for (int version = 1 + random.nextInt(12), last = version + random.nextInt(10); version <= last; version++) {
                history.add(random.nextInt(3) == 0 ? Changes.remove(id, version) : Changes.put(id, version, "v" + version));
            }

            List<ChangeEvent> deliveries = delivery.of(history, random);
            deliver(stack, table, tombstones, deliveries);

            ChangeEvent last = history.get(history.size() - 1);
            Map<String, AttributeValue> item = item(stack, table, id);
            String sequence = said + ": " + deliveries.stream().map(each -> each.eventNameText() + each.sequenceNumber()).toList();
            if (last.newImage() != null) {
                assertEquals(last.sequenceNumber(), item.get(Attributes.VERSION).n(), sequence);
                assertEquals("v" + last.sequenceNumber(), item.get("value").s(), sequence);
            } else if (tombstones.isZero()) {
                assertTrue(item.isEmpty(), sequence);
            } else {
                assertEquals(last.sequenceNumber(), item.get(Attributes.VERSION).n(), sequence);
                assertEquals(true, item.get(Attributes.DELETED).bool(), sequence);
            }
        }
    }

    private static String table(Stack stack) {
        String table = Stack.uniqueName("replica");
        stack.createTable(table, StreamViewType.NEW_AND_OLD_IMAGES);
        return table;
    }

    private static ChangeWrites writes(String table, Duration tombstones) {
        return new Replication(table, Attributes.DEFAULT, null, tombstones, InstantSource.system());
    }

    private void deliver(Stack stack, String table, Duration tombstones, List<ChangeEvent> changes) throws Exception {
        ChangeWrites writes = writes(table, tombstones);
        send(stack, changes.stream().map(writes::of).toList());
    }

    private void send(Stack stack, List<List<DynamoDbRequest>> writes) throws Exception {
        List<Outcome> outcomes = new WriteTransport(stack.dynamoDb(), meters.counter("superseded")).send(writes)
                .toCompletableFuture().get();
        assertTrue(outcomes.stream().allMatch(Outcome.ACCEPTED::equals), outcomes::toString);
    }

    private static Map<String, AttributeValue> item(Stack stack, String table, String id) {
        return stack.dynamoDb().getItem(get -> get.tableName(table).key(Changes.keys(id)).consistentRead(true)).item();
    }
}
