package io.distributary.backfill;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import io.distributary.event.EventName;
import io.distributary.event.Sha256;
import io.distributary.event.StreamSource;
import io.distributary.ddbstream.shard.TableStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Makes an event of an item that was read. Immutable, thread-safe. */
final class Snapshots {
    private static final int ID_LENGTH = 32;

    private final String backfillId;
    private final TableStream stream;
    private final String viewType;
    private final EventName eventName;
    private final SnapshotTime time;

    /**
     * @param backfillId the same for a backfill that goes on after a crash
     * @param viewType   of the stream
     */
    Snapshots(String backfillId, TableStream stream, String viewType, EventName eventName, SnapshotTime time) {
        this.backfillId = backfillId;
        this.stream = stream;
        this.viewType = viewType;
        this.eventName = eventName;
        this.time = time;
    }

    /** The same item of the same backfill always has the same event id. */
    ChangeEvent of(Map<String, AttributeValue> item, int segment) {
        Map<String, AttributeValue> keys = new LinkedHashMap<>();
        keys.put(stream.partitionKey(), item.get(stream.partitionKey()));
        if (stream.sortKey() != null) {
            keys.put(stream.sortKey(), item.get(stream.sortKey()));
        }
        StreamSource source = new StreamSource(stream.tableName(), stream.streamArn(), "snapshot-" + segment, stream.partitionKey(),
                stream.sortKey());
        Record record = Record.builder().eventID(id(source, keys)).eventName(eventName.name()).eventVersion("1.1")
                .eventSource("aws:dynamodb").awsRegion(source.tableArn().split(":", -1)[3])
                .dynamodb(StreamRecord.builder().approximateCreationDateTime(time.created()).keys(keys).newImage(item)
                        .sequenceNumber("0").streamViewType(viewType).build())
                .build();
        return ChangeEvent.of(record, source).withVersion(time.version());
    }

    private String id(StreamSource source, Map<String, AttributeValue> keys) {
        String named = backfillId + '\n' + source.tableArn() + '\n' + new String(EventFormat.toDynamoDbJson(keys), StandardCharsets.UTF_8);
        return "snapshot-" + Sha256.hex(named.getBytes(StandardCharsets.UTF_8)).substring(0, ID_LENGTH);
    }
}
