package io.distributary.bench.streams;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A shard that holds what is put until a GetRecords asks for what comes after it: its one reader may go on and ask again, but not
 * start over. So a benchmark of any length needs no more memory.
 */
public final class LiveShard implements Shard {
    private final int number;
    private final ArrayDeque<byte[]> records = new ArrayDeque<>();
    /** Position of the first record that is still held. */
    private long first;
    private long reads;

    /** @param number of the shard in its stream, from 0 */
    public LiveShard(int number) {
        this.number = number;
    }

    /** Appends a record with this new image, which has the string attributes pk and sk as its key. */
    public synchronized void put(Map<String, AttributeValue> item) {
        records.addLast(RecordTemplate.json(number, end(), null, item).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized Page read(long from, int limit) {
        if (from < first) {
            throw new IllegalStateException("Shard " + number + " no longer has its record " + from + ", only those from " + first);
        }
        reads++;
        for (; first < from && !records.isEmpty(); first++) {
            records.removeFirst();
        }
        var json = new ByteArrayOutputStream();
        var count = 0;
        for (var record : records) {
            if (count == limit) {
                break;
            }
            if (count > 0) {
                json.write(',');
            }
            json.writeBytes(record);
            count++;
        }
        return new Page(ByteBuffer.wrap(json.toByteArray()), count);
    }

    @Override
    public synchronized long end() {
        return first + records.size();
    }

    /** GetRecords calls so far. */
    public synchronized long reads() {
        return reads;
    }
}
