package io.distributary.ddb;

import io.distributary.event.ChangeEvent;
import io.distributary.event.StreamSource;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Hand-made changes of a table with keys {@code pk} and {@code sk}. */
final class Changes {
    static final String TABLE_ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";
    private static final StreamSource SOURCE = new StreamSource("orders", TABLE_ARN + "/stream/1", "shardId-1", "pk", "sk");

    private Changes() {
    }

    static Map<String, AttributeValue> keys(String id) {
        return Map.of("pk", AttributeValue.fromS(id), "sk", AttributeValue.fromS("-"));
    }

    static Map<String, AttributeValue> item(String id, Map<String, AttributeValue> more) {
        Map<String, AttributeValue> item = new HashMap<>(keys(id));
        item.putAll(more);
        return item;
    }

    /** @param more attributes beside the keys; null images are absent */
    static ChangeEvent change(String name, String id, long version, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        Record record = Record.builder().eventID(id + "-" + version).eventName(name).dynamodb(change -> {
            change.keys(keys(id)).sequenceNumber(Long.toString(version)).sizeBytes(100L).streamViewType("NEW_AND_OLD_IMAGES");
            if (before != null) {
                change.oldImage(item(id, before));
            }
            if (after != null) {
                change.newImage(item(id, after));
            }
        }).build();
        return ChangeEvent.of(record, SOURCE).withVersion(version);
    }

    static ChangeEvent put(String id, long version, String value) {
        return change("MODIFY", id, version, Map.of(), Map.of("value", AttributeValue.fromS(value)));
    }

    static ChangeEvent remove(String id, long version) {
        return change("REMOVE", id, version, Map.of(), null);
    }
}
