package io.distributary.bench.crash;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;

/**
 * What one SIGKILL left on disk.
 *
 * @param generation  which start of the application it ended, from 1
 * @param checkpoints the checkpoints by shard id, empty where none had been saved
 * @param saved       when their file was written
 */
record Kill(int generation, Map<String, Checkpoint> checkpoints, Instant saved) {
    /** True when the next start has to count the change as processed. */
    boolean covers(Change change) {
        var checkpoint = checkpoints.get(change.shardId());
        return checkpoint != null && (checkpoint.isShardEnd() || checkpoint.sequenceNumber() != null
                && change.sequenceNumber().compareTo(new BigInteger(checkpoint.sequenceNumber())) <= 0);
    }
}
