package io.distributary.bench.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A page of records, made once; before each answer only what must differ is written over: event id, sequence number, key and
 * version, each as many characters as before. So the answer costs little more than the copy to the socket.
 *
 * <p>In a shard {@value #ITEMS} items come again and again, the next version of an item {@value #BATCH} records after one, so
 * that changes of one item are in flight at the same time unless the reader keeps them apart.
 */
public final class CannedRecords {
    /** Items of a shard; a multiple of BATCH. */
    public static final int ITEMS = 5_000;
    private static final int BATCH = 25;
    private static final int VERSIONS = 2;
    private static final int PAGE = 1_000;
    /** The partition key of the first shard's first item; the digits are the item's number. */
    private static final String FIRST_KEY = "ORDER#0000000000";
    private static final String FIRST_VERSION = "1000000";
    private static final int KEY_DIGITS = 10;
    private static final int POSITION_DIGITS = 15;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] page;
    private final Places[] places = new Places[PAGE];
    private final ThreadLocal<ByteBuffer> buffers = ThreadLocal.withInitial(this::copy);

    /**
     * Where a record's changing digits end in the page, and the record itself; key and version are in each image.
     */
    private record Places(int end, int eventId, int sequenceNumber, int[] keys, int[] versions) {
    }

    /**
     * @param item      makes an item of about 1 KB of its partition key and version
     * @param oldImages whether the records hold both images; else the new one
     */
    public CannedRecords(BiFunction<String, String, Map<String, AttributeValue>> item, boolean oldImages) {
        var json = new StringBuilder();
        for (var i = 0; i < PAGE; i++) {
            json.append(i == 0 ? "" : ",");
            var start = json.length();
            var image = item.apply(FIRST_KEY, FIRST_VERSION);
            json.append(RecordTemplate.json(0, 0, oldImages ? image : null, image));
            places[i] = places(json, start);
        }
        page = json.toString().getBytes(StandardCharsets.US_ASCII);
        if (page.length != json.length()) {
            throw new IllegalArgumentException("The items must be ASCII: places are counted in characters");
        }
    }

    private static Places places(StringBuilder json, int start) {
        return new Places(json.length(),
                endOf(json, start, RecordTemplate.eventId(0, 0)).get(0),
                endOf(json, start, RecordTemplate.sequenceNumber(0)).get(0),
                endOf(json, start, FIRST_KEY).stream().mapToInt(Integer::intValue).toArray(),
                endOf(json, start, FIRST_VERSION).stream().mapToInt(Integer::intValue).toArray());
    }

    private static List<Integer> endOf(StringBuilder json, int start, String text) {
        var ends = new ArrayList<Integer>();
        for (var at = json.indexOf("\"" + text + "\"", start); at >= 0; at = json.indexOf("\"" + text + "\"", at + 1)) {
            ends.add(at + 1 + text.length());
        }
        if (ends.isEmpty()) {
            throw new IllegalArgumentException("The item must hold the text " + text + " as it was given");
        }
        return ends;
    }

    /** Shards from number 0 on, each with so many records. */
    public List<Shard> shards(int shards, long records) {
        return IntStream.range(0, shards).<Shard>mapToObj(number -> new CannedShard(number, records)).toList();
    }

    private ByteBuffer copy() {
        return ByteBuffer.allocateDirect(page.length).put(page).clear();
    }

    private ByteBuffer json(int shard, long from, int count) {
        var buffer = buffers.get().clear();
        for (var i = 0; i < count; i++) {
            var position = from + i;
            var at = places[i];
            hex(buffer, at.eventId, shard, position);
            decimal(buffer, at.sequenceNumber, position, POSITION_DIGITS);
            for (var end : at.keys) {
                decimal(buffer, end, (long) shard * ITEMS + item(position), KEY_DIGITS);
            }
            for (var end : at.versions) {
                decimal(buffer, end, version(position), FIRST_VERSION.length() - 1);
            }
        }
        return count == 0 ? buffer.limit(0) : buffer.limit(places[count - 1].end);
    }

    /** Number of the item in its shard. */
    private static long item(long position) {
        return position / (BATCH * VERSIONS) % (ITEMS / BATCH) * BATCH + position % BATCH;
    }

    private static long version(long position) {
        return position / ((long) ITEMS * VERSIONS) * VERSIONS + position / BATCH % VERSIONS;
    }

    private static void decimal(ByteBuffer buffer, int end, long value, int digits) {
        var rest = value;
        for (var at = end - 1; at >= end - digits; at--) {
            buffer.put(at, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    private static void hex(ByteBuffer buffer, int end, int shard, long position) {
        var rest = position;
        for (var at = end - 1; at >= end - 16; at--) {
            buffer.put(at, HEX[(int) (rest & 15)]);
            rest >>>= 4;
        }
        var upper = shard;
        for (var at = end - 25; at >= end - 32; at--) {
            buffer.put(at, HEX[upper & 15]);
            upper >>>= 4;
        }
    }

    private final class CannedShard implements Shard {
        private final int number;
        private final long records;

        CannedShard(int number, long records) {
            this.number = number;
            this.records = records;
        }

        @Override
        public Page read(long from, int limit) {
            var count = (int) Math.max(0, Math.min(records - from, Math.min(limit, PAGE)));
            return new Page(json(number, from, count), count);
        }

        @Override
        public long end() {
            return records;
        }
    }
}
