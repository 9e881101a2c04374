package io.distributary.event;

import java.util.Map;
import java.util.function.UnaryOperator;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** A record with other keys and images, and all else as it was; an image that is absent stays absent. */
final class RecordChange {
    private RecordChange() {
    }

    static Record of(Record record, UnaryOperator<Map<String, AttributeValue>> change) {
        StreamRecord before = record.dynamodb();
        if (before == null) {
            return record;
        }
        StreamRecord.Builder after = before.toBuilder();
        if (before.hasKeys()) {
            after.keys(change.apply(before.keys()));
        }
        if (before.hasNewImage()) {
            after.newImage(change.apply(before.newImage()));
        }
        if (before.hasOldImage()) {
            after.oldImage(change.apply(before.oldImage()));
        }
        return record.toBuilder().dynamodb(after.build()).build();
    }
}
