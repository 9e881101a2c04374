package io.distributary.ddbstream.shard;

import java.time.Duration;

/**
 * How many records go together.
 *
 * @param lists  whether the handler gets lists, of one record too
 * @param size   records at most
 * @param window how long a batch that is not full waits for more records; zero for not at all
 */
public record Batching(boolean lists, int size, Duration window) {
    /** One record at a time. */
    public static final Batching OFF = new Batching(false, 1, Duration.ZERO);
}
