package io.distributary.ddb;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventName;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Makes an item of the replica what it is in the source's table, unless the replica has a newer version of it. Every write
 * sets a version and an origin that the item did not have before; by that {@link OwnWrites} tells it from an application's.
 */
final class Replication implements ChangeWrites {
    private static final String OLDER = "(attribute_not_exists(#version) OR #version < :version)";
    private static final AttributeValue TRUE = AttributeValue.fromBool(true);

    private final String table;
    private final Attributes attributes;
    private final String origin;
    private final Duration tombstones;
    private final InstantSource clock;

    /**
     * @param table      the replica
     * @param origin     what the origin attribute says, or null for the ARN of the source's table
     * @param tombstones how long something stands for a deleted item; zero for not at all
     */
    Replication(String table, Attributes attributes, String origin, Duration tombstones, InstantSource clock) {
        this.table = table;
        this.attributes = attributes;
        this.origin = origin;
        this.tombstones = tombstones;
        this.clock = clock;
    }

    @Override
    public List<DynamoDbRequest> of(ChangeEvent event) {
        event.requireItemKey();
        Map<String, AttributeValue> ours = new HashMap<>();
        ours.put(attributes.version(), AttributeValue.fromN(Long.toString(event.requireVersion())));
        ours.put(attributes.origin(), AttributeValue.fromS(origin == null ? event.source().tableArn() : origin));
        if (event.eventName() != EventName.REMOVE) {
            return List.of(put(event.requireNewImage(), ours));
        }
        ours.put(attributes.deleted(), TRUE);
        if (tombstones.isZero()) {
            // the first says in the replica's stream whose the second is, and that nobody else's item is deleted by it
            return List.of(markDeleted(event, ours), delete(event, ours));
        }
        ours.put(attributes.expires(), AttributeValue.fromN(Long.toString(clock.instant().plus(tombstones).getEpochSecond())));
        return List.of(put(event.keys(), ours));
    }

    private PutItemRequest put(Map<String, AttributeValue> image, Map<String, AttributeValue> ours) {
        Map<String, AttributeValue> item = new HashMap<>(image);
        item.putAll(ours);
        return PutItemRequest.builder().tableName(table).item(item)
                .conditionExpression(OLDER)
                .expressionAttributeNames(Map.of("#version", attributes.version()))
                .expressionAttributeValues(Map.of(":version", ours.get(attributes.version())))
                .build();
    }

    private UpdateItemRequest markDeleted(ChangeEvent event, Map<String, AttributeValue> ours) {
        return UpdateItemRequest.builder().tableName(table).key(event.keys())
                .updateExpression("SET #version = :version, #origin = :origin, #deleted = :true")
                .conditionExpression("attribute_exists(#key) AND " + OLDER)
                .expressionAttributeNames(Map.of("#key", event.source().partitionKey(), "#version", attributes.version(),
                        "#origin", attributes.origin(), "#deleted", attributes.deleted()))
                .expressionAttributeValues(Map.of(":version", ours.get(attributes.version()), ":origin", ours.get(attributes.origin()),
                        ":true", TRUE))
                .build();
    }

    private DeleteItemRequest delete(ChangeEvent event, Map<String, AttributeValue> ours) {
        return DeleteItemRequest.builder().tableName(table).key(event.keys())
                .conditionExpression("#version = :version AND #deleted = :true")
                .expressionAttributeNames(Map.of("#version", attributes.version(), "#deleted", attributes.deleted()))
                .expressionAttributeValues(Map.of(":version", ours.get(attributes.version()), ":true", TRUE))
                .build();
    }
}
