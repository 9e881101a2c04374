package io.distributary.bench.streams;

import java.nio.ByteBuffer;

/** One open shard of a {@link StreamsEndpoint}; its records are counted from 0. Safe for use by many threads. */
public interface Shard {
    /**
     * Records of the shard.
     *
     * @param from  the first one's position
     * @param limit the most there may be, 1 to 1,000
     */
    Page read(long from, int limit);

    /** The position behind the last record there is now. */
    long end();

    /**
     * @param json  the records, JSON objects with commas between; the reading thread's until it reads again
     * @param count how many
     */
    record Page(ByteBuffer json, int count) {
    }
}
