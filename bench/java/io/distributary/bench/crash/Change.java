package io.distributary.bench.crash;

import java.math.BigInteger;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * One change as the stream holds it.
 *
 * @param eventId        its id
 * @param item           partition key
 * @param version        the item's counter, 1 for its first change
 * @param shardId        the shard that holds it
 * @param sequenceNumber its place in the shard
 */
record Change(String eventId, String item, int version, String shardId, BigInteger sequenceNumber) {
    static Change of(String shardId, Record record) {
        var image = record.dynamodb().newImage();
        return new Change(record.eventID(), image.get("pk").s(), Integer.parseInt(image.get("version").n()), shardId,
                new BigInteger(record.dynamodb().sequenceNumber()));
    }
}
