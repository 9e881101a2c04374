package io.distributary.event;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** One change of one item: the stream's record and where it was read. Immutable, safe to share between threads. */
public final class ChangeEvent {
    /** Exchange property that keeps the event beside a transformed body, for dead letters and targets. */
    public static final String EXCHANGE_PROPERTY = "CamelAwsDdbStreamChangeEvent";

    private final Record record;
    private final StreamSource source;

    private ChangeEvent(Record record, StreamSource source) {
        this.record = Objects.requireNonNull(record, "record");
        this.source = Objects.requireNonNull(source, "source");
    }

    /** Wraps a record as it came from GetRecords; looks at nothing yet, so a malformed record fails where it is converted. */
    public static ChangeEvent of(Record record, StreamSource source) {
        return new ChangeEvent(record, source);
    }

    /** The SDK's record, unchanged. */
    public Record record() {
        return record;
    }

    public StreamSource source() {
        return source;
    }

    /** The stream's eventID: the one stable id of this change. */
    public String eventId() {
        return record.eventID();
    }

    public EventName eventName() {
        return EventName.valueOf(record.eventNameAsString());
    }

    public String sequenceNumber() {
        return record.dynamodb().sequenceNumber();
    }

    /** When the change was made, in whole seconds. */
    public Instant approximateCreationDateTime() {
        return record.dynamodb().approximateCreationDateTime();
    }

    /** The key attributes. */
    public Map<String, AttributeValue> keys() {
        return record.dynamodb().keys();
    }

    /** The item after the change, or null where the stream's view or the kind of change has none. */
    public Map<String, AttributeValue> newImage() {
        return record.dynamodb().hasNewImage() ? record.dynamodb().newImage() : null;
    }

    /** The item before the change, or null where the stream's view or the kind of change has none. */
    public Map<String, AttributeValue> oldImage() {
        return record.dynamodb().hasOldImage() ? record.dynamodb().oldImage() : null;
    }

    /** The item's key. */
    public String itemKey() {
        String partition = text(source.partitionKey());
        return source.sortKey() == null ? partition : partition + "|" + text(source.sortKey());
    }

    /** Sets the headers. */
    public void writeHeaders(org.apache.camel.Message message) {
        message.setHeader(ChangeEventHeaders.EVENT_SOURCE, record.eventSource());
        message.setHeader(ChangeEventHeaders.EVENT_ID, record.eventID());
        message.setHeader(ChangeEventHeaders.EVENT_NAME, record.eventNameAsString());
        message.setHeader(ChangeEventHeaders.SEQUENCE_NUMBER, sequenceNumber());
        message.setHeader(ChangeEventHeaders.TABLE_NAME, source.tableName());
        message.setHeader(ChangeEventHeaders.SHARD_ID, source.shardId());
        message.setHeader(ChangeEventHeaders.ITEM_KEY, itemKey());
    }

    private String text(String name) {
        AttributeValue value = keys().get(name);
        String text = value.s() != null ? value.s() : value.n() != null ? value.n() : String.valueOf(value.b());
        return text.replace("\\", "\\\\").replace("|", "\\|");
    }
}
