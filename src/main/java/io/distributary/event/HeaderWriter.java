package io.distributary.event;

import java.util.Map;

/** Writes {@link ChangeEventHeaders}; what the record does not say is absent, never empty or a stand-in. */
final class HeaderWriter {
    private HeaderWriter() {
    }

    static void write(ChangeEvent event, ChangeFacts facts, Map<String, Object> headers) {
        set(headers, ChangeEventHeaders.EVENT_SOURCE, facts.eventSource());
        set(headers, ChangeEventHeaders.EVENT_ID, facts.eventId());
        set(headers, ChangeEventHeaders.EVENT_NAME, event.eventNameText());
        set(headers, ChangeEventHeaders.SEQUENCE_NUMBER, facts.sequenceNumber());
        set(headers, ChangeEventHeaders.VERSION, event.version());
        set(headers, ChangeEventHeaders.APPROXIMATE_CREATION_DATE_TIME, facts.created());
        set(headers, ChangeEventHeaders.SIZE_BYTES, facts.sizeBytes());
        headers.put(ChangeEventHeaders.TABLE_NAME, event.source().tableName());
        headers.put(ChangeEventHeaders.STREAM_ARN, event.source().streamArn());
        headers.put(ChangeEventHeaders.SHARD_ID, event.source().shardId());
        set(headers, ChangeEventHeaders.PARTITION_KEY, event.partitionKey());
        set(headers, ChangeEventHeaders.SORT_KEY, event.sortKey());
        if (event.hasUsableKeys()) {
            headers.put(ChangeEventHeaders.ITEM_KEY, event.itemKey());
        }
        headers.put(ChangeEventHeaders.TTL_DELETE, event.ttlDelete());
    }

    private static void set(Map<String, Object> headers, String header, Object value) {
        if (value != null) {
            headers.put(header, value);
        }
    }
}
