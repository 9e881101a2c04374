package io.distributary.ddbstream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.distributary.config.OptionRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses options out of range, and says which stock options mean nothing here. */
final class OptionCheck {
    private static final Logger LOG = LoggerFactory.getLogger(OptionCheck.class);
    /** GetRecords takes no more. */
    private static final int MAX_RECORDS = 1000;
    /** As Lambda's event source mapping for streams: BatchSize, MaximumBatchingWindowInSeconds. */
    private static final int MAX_BATCH_SIZE = 10_000;
    private static final int MAX_BATCH_WINDOW = 300_000;

    private OptionCheck() {
    }

    static void check(DdbStreamEndpoint endpoint) {
        DdbStreamConfiguration options = endpoint.getConfiguration();
        TableRef.parse(options.getTableName());
        OptionRange.check(where(endpoint), "maxResultsPerRequest", options.getMaxResultsPerRequest(), 1, MAX_RECORDS);
        OptionRange.check(where(endpoint), "maxInFlight", options.getMaxInFlight(), 1, 1_000_000);
        OptionRange.check(where(endpoint), "maxBufferedBytes", options.getMaxBufferedBytes(), 1);
        OptionRange.check(where(endpoint), "workers", options.getWorkers(), 1, 10_000);
        OptionRange.check(where(endpoint), "readers", options.getReaders(), 1, 1_000);
        OptionRange.check(where(endpoint), "checkpointInterval", options.getCheckpointInterval(), 1);
        OptionRange.check(where(endpoint), "shardRefreshInterval", options.getShardRefreshInterval(), 1);
        named(endpoint, "checkpointTable", options.getCheckpointTable(), "[a-zA-Z0-9_.-]{3,255}",
                "3 to 255 letters, digits, underscores, hyphens and dots");
        named(endpoint, "checkpointBucket", options.getCheckpointBucket(), "[a-zA-Z0-9_-]+", "letters, digits, underscores and hyphens");
        OptionRange.check(where(endpoint), "minPollInterval", options.getMinPollInterval(), 1);
        OptionRange.check(where(endpoint), "maxPollInterval", options.getMaxPollInterval(), options.getMinPollInterval());
        startTimestamp(endpoint, options);
        batching(endpoint, options);
        limits(endpoint, options);
        if (options.isOverrideEndpoint() && options.getUriEndpointOverride() == null) {
            throw new IllegalArgumentException(where(endpoint) + ": overrideEndpoint needs uriEndpointOverride");
        }
        List<String> unused = new ArrayList<>();
        note(unused, "startScheduler", !endpoint.isStartScheduler());
        note(unused, "scheduler", !"none".equals(endpoint.getScheduler()));
        note(unused, "scheduledExecutorService", endpoint.getScheduledExecutorService() != null);
        note(unused, "pollStrategy", endpoint.getPollStrategy() != null);
        note(unused, "sendEmptyMessageWhenIdle", endpoint.isSendEmptyMessageWhenIdle());
        note(unused, "repeatCount", endpoint.getRepeatCount() > 0);
        note(unused, "backoffMultiplier", endpoint.getBackoffMultiplier() > 0);
        if (!unused.isEmpty()) {
            LOG.warn("{}: these options of the stock consumer have no effect: {}", where(endpoint), String.join(", ", unused));
        }
    }

    private static void batching(DdbStreamEndpoint endpoint, DdbStreamConfiguration options) {
        OptionRange.check(where(endpoint), "batchSize", options.getBatchSize(), 1, MAX_BATCH_SIZE);
        OptionRange.check(where(endpoint), "batchWindow", options.getBatchWindow(), 0, MAX_BATCH_WINDOW);
        if (options.getExchangeMode() == ExchangeMode.RECORD) {
            if (options.getBatchWindow() > 0) {
                throw new IllegalArgumentException(where(endpoint) + ": batchWindow needs exchangeMode=BATCH");
            }
        } else if (options.getBatchSize() > options.getMaxInFlight()) {
            throw new IllegalArgumentException(where(endpoint) + ": batchSize is " + options.getBatchSize() + ", but no more than"
                    + " maxInFlight records of a shard, " + options.getMaxInFlight() + ", are in flight: raise maxInFlight or"
                    + " lower batchSize");
        }
    }

    private static void limits(DdbStreamEndpoint endpoint, DdbStreamConfiguration options) {
        OptionRange.check(where(endpoint), "maxAttempts", options.getMaxAttempts(), 0);
        OptionRange.check(where(endpoint), "maxRecordAge", options.getMaxRecordAge(), 0);
        boolean limited = options.getMaxAttempts() > 0 || options.getMaxRecordAge() > 0;
        if (limited && (options.getDeadLetterUri() == null || options.getDeadLetterUri().isBlank())) {
            throw new IllegalArgumentException(where(endpoint) + ": " + (options.getMaxAttempts() > 0 ? "maxAttempts" : "maxRecordAge")
                    + " needs deadLetterUri, the endpoint that stores the records given up, such as"
                    + " kamelet:distributary-dead-letter-sqs-sink?queue=NAME");
        }
    }

    private static void startTimestamp(DdbStreamEndpoint endpoint, DdbStreamConfiguration options) {
        try {
            if (options.startInstant() != null && options.startInstant().isAfter(Instant.now())) {
                throw new IllegalArgumentException("startTimestamp is " + options.getStartTimestamp()
                        + ", which is yet to come; for what is written from now on set streamIteratorType=FROM_LATEST");
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where(endpoint) + ": " + e.getMessage(), e);
        }
    }

    private static void named(DdbStreamEndpoint endpoint, String option, String value, String pattern, String words) {
        if (value == null || !value.matches(pattern)) {
            throw new IllegalArgumentException(where(endpoint) + ": " + option + " is '" + value + "', but must be " + words);
        }
    }

    private static void note(List<String> unused, String option, boolean set) {
        if (set) {
            unused.add(option);
        }
    }

    private static String where(DdbStreamEndpoint endpoint) {
        return "aws2-ddbstream:" + endpoint.getConfiguration().getTableName();
    }
}
