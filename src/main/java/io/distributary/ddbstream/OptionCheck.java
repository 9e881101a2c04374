package io.distributary.ddbstream;

import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses options out of range, and says which stock options mean nothing here. */
final class OptionCheck {
    private static final Logger LOG = LoggerFactory.getLogger(OptionCheck.class);
    /** GetRecords takes no more. */
    private static final int MAX_RECORDS = 1000;

    private OptionCheck() {
    }

    static void check(DdbStreamEndpoint endpoint) {
        DdbStreamConfiguration options = endpoint.getConfiguration();
        inRange(endpoint, "maxResultsPerRequest", options.getMaxResultsPerRequest(), 1, MAX_RECORDS);
        inRange(endpoint, "maxInFlight", options.getMaxInFlight(), 1, 1_000_000);
        inRange(endpoint, "maxBufferedBytes", options.getMaxBufferedBytes(), 1, Long.MAX_VALUE);
        inRange(endpoint, "workers", options.getWorkers(), 1, 10_000);
        inRange(endpoint, "readers", options.getReaders(), 1, 1_000);
        inRange(endpoint, "checkpointInterval", options.getCheckpointInterval(), 1, Integer.MAX_VALUE);
        inRange(endpoint, "shardRefreshInterval", options.getShardRefreshInterval(), 1, Integer.MAX_VALUE);
        named(endpoint, "checkpointTable", options.getCheckpointTable(), "[a-zA-Z0-9_.-]{3,255}",
                "3 to 255 letters, digits, underscores, hyphens and dots");
        named(endpoint, "checkpointBucket", options.getCheckpointBucket(), "[a-zA-Z0-9_-]+", "letters, digits, underscores and hyphens");
        if (options.isOverrideEndpoint() && options.getUriEndpointOverride() == null) {
            throw new IllegalArgumentException(where(endpoint) + "overrideEndpoint needs uriEndpointOverride");
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
            LOG.warn("{}these options of the stock consumer have no effect: {}", where(endpoint), String.join(", ", unused));
        }
    }

    private static void inRange(DdbStreamEndpoint endpoint, String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(where(endpoint) + option + " is " + value + ", but must be "
                    + (max == Long.MAX_VALUE || max == Integer.MAX_VALUE ? "at least " + min : "from " + min + " to " + max));
        }
    }

    private static void named(DdbStreamEndpoint endpoint, String option, String value, String pattern, String words) {
        if (value == null || !value.matches(pattern)) {
            throw new IllegalArgumentException(where(endpoint) + option + " is '" + value + "', but must be " + words);
        }
    }

    private static void note(List<String> unused, String option, boolean set) {
        if (set) {
            unused.add(option);
        }
    }

    private static String where(DdbStreamEndpoint endpoint) {
        return "aws2-ddbstream:" + endpoint.getConfiguration().getTableName() + ": ";
    }
}
