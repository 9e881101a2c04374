package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;

/**
 * The options of an engine, as the endpoint's options name them.
 *
 * @param applicationName      names the checkpoints
 * @param start                where the very first start begins
 * @param startTimestamp       with {@code AT_TIMESTAMP} the instant, else null
 * @param maxResultsPerRequest records per GetRecords call, 1 to 1,000
 * @param maxInFlight          how far the last record handed out may be ahead of the checkpoint, per shard
 * @param maxBufferedBytes     bytes read and not yet acknowledged, over all shards
 * @param initialDelay         before the first GetRecords
 * @param minPollInterval      before the next GetRecords after the first empty page
 * @param maxPollInterval      before the next GetRecords while a shard idles
 * @param shardRefreshInterval between two listings of the shards
 * @param checkpointInterval   between two saves
 * @param gapPolicy            what to do about records that DynamoDB no longer holds
 * @param batching             how many records go together
 * @param orderBy              which records go one after the other
 * @param retryLimits          when a record that fails goes to the dead letters
 */
public record EngineSettings(String applicationName, StartPosition start, Instant startTimestamp, int maxResultsPerRequest,
        int maxInFlight, long maxBufferedBytes, Duration initialDelay, Duration minPollInterval, Duration maxPollInterval,
        Duration shardRefreshInterval, Duration checkpointInterval, GapPolicy gapPolicy,
        Batching batching, OrderBy orderBy, RetryLimits retryLimits) {

    /** One record at a time, each until it is delivered. */
    public EngineSettings(String applicationName, StartPosition start, Instant startTimestamp, int maxResultsPerRequest,
            int maxInFlight, long maxBufferedBytes, Duration initialDelay, Duration minPollInterval, Duration maxPollInterval,
            Duration shardRefreshInterval, Duration checkpointInterval, GapPolicy gapPolicy) {
        this(applicationName, start, startTimestamp, maxResultsPerRequest, maxInFlight, maxBufferedBytes, initialDelay,
                minPollInterval, maxPollInterval, shardRefreshInterval, checkpointInterval, gapPolicy, Batching.OFF,
                OrderBy.ITEM, RetryLimits.NONE);
    }
}
