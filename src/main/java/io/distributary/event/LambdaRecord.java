package io.distributary.event;

import java.util.Iterator;

import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * A record as read from Lambda's shape, which tells the stream but neither the shard nor the key schema.
 *
 * @param record         the SDK's record
 * @param eventSourceArn the stream's ARN, or null where the JSON has none
 */
public record LambdaRecord(Record record, String eventSourceArn) {
    /** The shard id of an event that was not read from a shard. */
    public static final String NO_SHARD = "none";

    private static final String TABLE = ":table/";

    /** The event, with a source that is known by other means. */
    public ChangeEvent toEvent(StreamSource source) {
        return ChangeEvent.of(record, source);
    }

    /**
     * The event, with a source made from the JSON alone: the table's name from the ARN, and the first of the keys taken
     * as the partition key. Our own writer puts it first, other sources of such JSON need not.
     *
     * @throws EventReadException where ARN or keys are missing
     */
    public ChangeEvent toEvent() {
        if (eventSourceArn == null || !eventSourceArn.contains(TABLE)) {
            throw new EventReadException("eventSourceARN is missing or names no table: " + eventSourceArn);
        }
        if (record.dynamodb() == null || record.dynamodb().keys().isEmpty()) {
            throw new EventReadException("the record (eventID " + record.eventID() + ") has no dynamodb.Keys");
        }
        String table = eventSourceArn.substring(eventSourceArn.indexOf(TABLE) + TABLE.length());
        int end = table.indexOf('/');
        table = end < 0 ? table : table.substring(0, end);
        Iterator<String> names = record.dynamodb().keys().keySet().iterator();
        return ChangeEvent.of(record, new StreamSource(table, eventSourceArn, NO_SHARD, names.next(),
                names.hasNext() ? names.next() : null));
    }
}
