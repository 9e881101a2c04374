package io.distributary.bench;

import io.distributary.bench.streams.LiveShard;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table without DynamoDB: what is put goes straight into the shards of its stream. */
final class LiveTable implements AutoCloseable {
    /** Attribute with the put's number. */
    static final String NUMBER = "number";
    /** Attribute with the time just before the put: System.nanoTime of this JVM, which also receives. */
    static final String PUT_AT = "put_at";

    private final List<LiveShard> shards;
    private final CannedTable table;

    LiveTable(int count) throws Exception {
        shards = IntStream.range(0, count).mapToObj(LiveShard::new).toList();
        table = new CannedTable(shards);
    }

    StreamOrigin origin() {
        return table;
    }

    /** Puts the order of that number; an order of another number is another item. */
    void put(int shard, int number) {
        var item = new HashMap<>(Workload.item(number, 1));
        item.put(NUMBER, AttributeValue.fromN(Integer.toString(number)));
        item.put(PUT_AT, AttributeValue.fromN(Long.toString(System.nanoTime())));
        shards.get(shard).put(item);
    }

    /** GetRecords calls so far, of all shards. */
    long reads() {
        return shards.stream().mapToLong(LiveShard::reads).sum();
    }

    @Override
    public void close() throws Exception {
        table.close();
    }
}
