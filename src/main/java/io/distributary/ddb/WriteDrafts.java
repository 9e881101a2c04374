package io.distributary.ddb;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Part;
import io.distributary.event.EventFormat;
import io.distributary.preview.Draft;
import io.distributary.preview.Drafts;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The writes that {@link ChangeProducer} would make; the payload is the item, or the values of an update, in DynamoDB's JSON. */
final class WriteDrafts implements Drafts {
    private final String target;
    private final DdbConfiguration options;
    private final ChangeWrites writes;

    WriteDrafts(String target, DdbConfiguration options) {
        this.target = target;
        this.options = options;
        this.writes = options.changeWrites(InstantSource.system());
    }

    @Override
    public List<Draft> of(Part part) throws DeliveryException {
        if (part.event() == null) {
            throw new DeliveryException(target, part.id(), "changeOperation=" + options.getChangeOperation() + " needs a change", true,
                    0, null);
        }
        return writes.of(part.event()).stream().map(this::draft).toList();
    }

    private Draft draft(DynamoDbRequest write) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (write instanceof PutItemRequest put) {
            fields.put("operation", "PutItem");
            return draft(fields, put.tableName(), put.conditionExpression(), put.item());
        }
        if (write instanceof UpdateItemRequest update) {
            fields.put("operation", "UpdateItem");
            fields.put("Key", json(update.key()));
            fields.put("UpdateExpression", update.updateExpression());
            return draft(fields, update.tableName(), update.conditionExpression(), update.expressionAttributeValues());
        }
        DeleteItemRequest delete = (DeleteItemRequest) write;
        fields.put("operation", "DeleteItem");
        fields.put("Key", json(delete.key()));
        return draft(fields, delete.tableName(), delete.conditionExpression(), null);
    }

    private Draft draft(Map<String, Object> fields, String table, String condition, Map<String, AttributeValue> payload) {
        fields.put("TableName", table);
        fields.put("ConditionExpression", condition);
        return new Draft(target, fields, Map.of(), payload == null ? null : EventFormat.toDynamoDbJson(payload));
    }

    private static String json(Map<String, AttributeValue> attributes) {
        return new String(EventFormat.toDynamoDbJson(attributes), StandardCharsets.UTF_8);
    }
}
