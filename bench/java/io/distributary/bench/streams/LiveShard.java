package io.distributary.bench.streams;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A shard that holds what is put, and gives it to the next GetRecords. */
public final class LiveShard implements Shard {
    private final int number;
    private final List<byte[]> records = new ArrayList<>();

    /** @param number of the shard in its stream, from 0 */
    public LiveShard(int number) {
        this.number = number;
    }

    /** Appends a record with this new image, which has the string attributes pk and sk as its key. */
    public synchronized void put(Map<String, AttributeValue> item) {
        records.add(RecordTemplate.json(number, records.size(), null, item).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized Page read(long from, int limit) {
        var json = new ByteArrayOutputStream();
        var end = Math.min(records.size(), from + limit);
        for (var at = from; at < end; at++) {
            if (at > from) {
                json.write(',');
            }
            json.writeBytes(records.get((int) at));
        }
        return new Page(ByteBuffer.wrap(json.toByteArray()), (int) Math.max(0, end - from));
    }

    @Override
    public synchronized long end() {
        return records.size();
    }
}
