package io.distributary.ddb;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventName;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Says on an item when its change was dispatched: once, and never on an item that is gone. */
final class Marking implements ChangeWrites {
    private final String table;
    private final String attribute;
    private final InstantSource clock;

    Marking(String table, String attribute, InstantSource clock) {
        this.table = table;
        this.attribute = attribute;
        this.clock = clock;
    }

    @Override
    public List<DynamoDbRequest> of(ChangeEvent event) {
        event.requireItemKey();
        if (event.eventName() == EventName.REMOVE) {
            return List.of(); // an item of the same key that came later is not this one
        }
        return List.of(UpdateItemRequest.builder().tableName(table).key(event.keys())
                .updateExpression("SET #mark = :now")
                .conditionExpression("attribute_exists(#key) AND attribute_not_exists(#mark)")
                .expressionAttributeNames(Map.of("#key", event.source().partitionKey(), "#mark", attribute))
                .expressionAttributeValues(Map.of(":now",
                        AttributeValue.fromS(clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())))
                .build());
    }
}
