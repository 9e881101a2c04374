package io.distributary.ddb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventConversionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The requests, as DynamoDB gets them. */
class ChangeWritesTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00.123456Z"));
    private static final Map<String, AttributeValue> REPLICA_OF_7 = Map.of("value", AttributeValue.fromS("x"),
            "distributary_version", AttributeValue.fromN("7"), "distributary_origin", AttributeValue.fromS(Changes.TABLE_ARN));

    private final Replication replication = new Replication("copy", Attributes.DEFAULT, null, Duration.ZERO, CLOCK);
    private final Replication withTombstones = new Replication("copy", Attributes.DEFAULT, "eu", Duration.ofHours(25), CLOCK);
    private final Marking marking = new Marking("orders", "dispatched_at", CLOCK);

    @Test
    void anInsertAndAModifyPutTheNewImageWhereTheReplicaIsOlder() {
        for (String name : List.of("INSERT", "MODIFY")) {
            ChangeEvent change = Changes.change(name, "a", 7, null, Map.of("value", AttributeValue.fromS("x")));

            PutItemRequest put = (PutItemRequest) only(replication.of(change));

            assertEquals("copy", put.tableName());
            assertEquals(Changes.item("a", REPLICA_OF_7), put.item());
            assertEquals("(attribute_not_exists(#version) OR #version < :version)", put.conditionExpression());
            assertEquals(Map.of("#version", "distributary_version"), put.expressionAttributeNames());
            assertEquals(Map.of(":version", AttributeValue.fromN("7")), put.expressionAttributeValues());
        }
    }

    @Test
    void aRemoveSaysThatTheItemIsDeletedAndDeletesIt() {
        List<DynamoDbRequest> writes = replication.of(Changes.remove("a", 8));

        assertEquals(2, writes.size());
        UpdateItemRequest update = (UpdateItemRequest) writes.get(0);
        assertEquals(Changes.keys("a"), update.key());
        assertEquals("SET #version = :version, #origin = :origin, #deleted = :true", update.updateExpression());
        assertEquals("attribute_exists(#key) AND (attribute_not_exists(#version) OR #version < :version)", update.conditionExpression());
        assertEquals("pk", update.expressionAttributeNames().get("#key"));
        DeleteItemRequest delete = (DeleteItemRequest) writes.get(1);
        assertEquals(Changes.keys("a"), delete.key());
        assertEquals("#version = :version AND #deleted = :true", delete.conditionExpression());
        assertEquals(AttributeValue.fromN("8"), delete.expressionAttributeValues().get(":version"));
    }

    @Test
    void aTombstoneHasTheKeysAndATimeToGo() {
        PutItemRequest put = (PutItemRequest) only(withTombstones.of(Changes.remove("a", 8)));

        assertEquals(Changes.item("a", Map.of("distributary_version", AttributeValue.fromN("8"),
                "distributary_origin", AttributeValue.fromS("eu"), "distributary_deleted", AttributeValue.fromBool(true),
                "distributary_expires_at", AttributeValue.fromN("1795352400"))), put.item());
        assertEquals("(attribute_not_exists(#version) OR #version < :version)", put.conditionExpression());
    }

    @Test
    void aChangeWithoutItsImageOrVersionIsRefusedForGood() {
        ChangeEvent noImage = Changes.change("MODIFY", "a", 7, null, null);
        ChangeEvent read = Changes.put("a", 7, "x");
        ChangeEvent noVersion = ChangeEvent.of(read.record(), read.source());

        assertTrue(assertThrows(EventConversionException.class, () -> replication.of(noImage)).getMessage().contains("new_image"));
        assertTrue(assertThrows(EventConversionException.class, () -> replication.of(noVersion)).getMessage().contains("version"));
    }

    @Test
    void anItemIsMarkedOnceAndOnlyWhereItStillIs() {
        UpdateItemRequest update = (UpdateItemRequest) only(marking.of(Changes.put("a", 7, "x")));

        assertEquals("orders", update.tableName());
        assertEquals(Changes.keys("a"), update.key());
        assertEquals("SET #mark = :now", update.updateExpression());
        assertEquals("attribute_exists(#key) AND attribute_not_exists(#mark)", update.conditionExpression());
        assertEquals(Map.of("#key", "pk", "#mark", "dispatched_at"), update.expressionAttributeNames());
        assertEquals(Map.of(":now", AttributeValue.fromS("2026-11-21T12:00:00.123Z")), update.expressionAttributeValues());
    }

    @Test
    void aRemoveMarksNothing() {
        assertEquals(List.of(), marking.of(Changes.remove("a", 7)));
    }

    private static DynamoDbRequest only(List<DynamoDbRequest> writes) {
        assertEquals(1, writes.size());
        return writes.get(0);
    }
}
