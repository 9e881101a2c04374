package io.distributary.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * The record in the shape that Lambda hands to its functions, one element of {@code Records}. Nothing is lost: {@link
 * DynamoDbJsonReader} gives the same record back. Sets are sorted, the partition key comes first in {@code Keys}.
 */
final class DynamoDbJsonWriter implements EventWriter {
    static final DynamoDbJsonWriter STRICT = new DynamoDbJsonWriter(TypedAttributes.STRICT);
    static final DynamoDbJsonWriter LENIENT = new DynamoDbJsonWriter(TypedAttributes.LENIENT);

    private final TypedAttributes values;

    private DynamoDbJsonWriter(TypedAttributes values) {
        this.values = values;
    }

    @Override
    public void write(ChangeEvent event, JsonBytes out) {
        Record record = event.record();
        out.startObject();
        text(out, "eventID", record.eventID());
        text(out, "eventName", record.eventNameAsString());
        text(out, "eventVersion", record.eventVersion());
        text(out, "eventSource", record.eventSource());
        text(out, "awsRegion", record.awsRegion());
        text(out, "eventSourceARN", event.source().streamArn());
        if (record.dynamodb() != null) {
            out.name("dynamodb");
            out.startObject();
            change(event, out);
            out.endObject();
        }
        if (record.userIdentity() != null) {
            out.name("userIdentity");
            out.startObject();
            text(out, "principalId", record.userIdentity().principalId());
            text(out, "type", record.userIdentity().type());
            out.endObject();
        }
        out.endObject();
    }

    private void change(ChangeEvent event, JsonBytes out) {
        Instant created = event.approximateCreationDateTime();
        if (created != null) {
            out.name("ApproximateCreationDateTime");
            out.number(seconds(created));
        }
        if (event.record().dynamodb().hasKeys()) {
            out.name("Keys");
            EventWriter.under(event, "keys", () -> values.keys(out, event.keys(), event.source().partitionKey()));
        }
        image(event, out, "NewImage", "new_image", event.newImage());
        image(event, out, "OldImage", "old_image", event.oldImage());
        if (event.oldImageDropped()) {
            out.field("OldImageDropped", true);
        }
        text(out, "SequenceNumber", event.sequenceNumber());
        Long size = event.record().dynamodb().sizeBytes();
        if (size != null) {
            out.field("SizeBytes", size);
        }
        text(out, "StreamViewType", event.streamViewType());
    }

    private void image(ChangeEvent event, JsonBytes out, String field, String root,
            Map<String, AttributeValue> image) {
        if (image != null) {
            out.name(field);
            EventWriter.under(event, root, () -> values.attributes(out, image));
        }
    }

    /** Seconds since 1970, with a fraction only where there is one. */
    static String seconds(Instant time) {
        if (time.getNano() == 0) {
            return Long.toString(time.getEpochSecond());
        }
        return BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano(), 9))
                .stripTrailingZeros().toPlainString();
    }

    private static void text(JsonBytes out, String field, String value) {
        if (value != null) {
            out.field(field, value);
        }
    }
}
