package io.distributary.aws;

import java.time.Duration;

import io.distributary.coalesce.Limits;
import io.distributary.config.OptionRange;

/**
 * The options that our {@code aws2-sqs} and {@code aws2-sns} producers have in common: their texts and defaults, each in
 * one place, and their ranges.
 *
 * @param linger           milliseconds
 * @param maxRequests      in flight
 * @param maxBatchBytes    of a message and of a request
 * @param maxBufferedBytes accepted and not yet completed
 * @param retryTimeout     milliseconds
 * @param requestTimeout   milliseconds
 */
public record BatchOptions(long linger, int maxRequests, int maxBatchBytes, long maxBufferedBytes, long retryTimeout,
        long requestTimeout) {
    /** The most entries of a SendMessageBatch and of a PublishBatch. */
    public static final int MAX_ENTRIES = 10;
    /** The most that a message and a request can have: since August 2025 for SQS; for SNS where the topic allows it. */
    public static final int MAX_BATCH_BYTES = 1_048_576;
    /** What SNS takes unless the topic's MaximumMessageSize says more. */
    public static final int SNS_BATCH_BYTES = 262_144;

    public static final String COALESCE_TEXT = "Whether messages that are in flight at the same time share a request, each"
            + " completed by its own entry's result. false: the stock producer, with one request for each message.";

    public static final long LINGER = 2;
    public static final String LINGER_TEXT = "How long a message waits for others while a request is in flight, in milliseconds."
            + " While none is in flight no message waits, and none waits for more than the other nine.";

    public static final int MAX_REQUESTS = 16;
    public static final String MAX_REQUESTS_TEXT = "The most requests in flight at the same time, 1 to 50.";

    public static final String MAX_BATCH_BYTES_TEXT = "The most bytes of a message and of a request, bodies and attributes"
            + " (names, types and values) counted, 1,024 to 1,048,576. A larger message is refused before it is sent.";

    public static final long MAX_BUFFERED_BYTES = 32L << 20;
    public static final String MAX_BUFFERED_BYTES_TEXT = "Bytes of messages accepted and not completed yet; the route waits"
            + " beyond that, and so does the source.";

    public static final long RETRY_TIMEOUT = 30_000;
    public static final String RETRY_TIMEOUT_TEXT = "How long after its first sending a message that may still succeed is sent"
            + " again, in milliseconds, with pauses from 100 ms to 5 s; then it fails. Later messages of its item wait.";

    public static final long REQUEST_TIMEOUT = 10_000;
    public static final String REQUEST_TIMEOUT_TEXT = "How long to wait for the answer of a request, in milliseconds; then it"
            + " counts as failed and its messages are sent again.";

    public static final String ATTRIBUTES_TEXT = "Headers to send as message attributes, at most 10, separated by commas, each"
            + " optionally with its type: event_id,price:Number,tags:String.Array. Types: String, Number, Binary, String.Array;"
            + " default: the value's own. event_id, event_name and table_name come from the change where no such header is set.";

    /**
     * Refuses what is out of range.
     *
     * @param where names the endpoint in the message, without secrets
     * @throws IllegalArgumentException says which option, and its range
     */
    public void check(String where) {
        OptionRange.check(where, "linger", linger, 0, 60_000);
        OptionRange.check(where, "maxRequests", maxRequests, 1, 50);
        OptionRange.check(where, "maxBatchBytes", maxBatchBytes, 1_024, MAX_BATCH_BYTES);
        OptionRange.check(where, "maxBufferedBytes", maxBufferedBytes, maxBatchBytes);
        OptionRange.check(where, "retryTimeout", retryTimeout, 0, 86_400_000);
        OptionRange.check(where, "requestTimeout", requestTimeout, 100, 3_600_000);
    }

    public Limits limits() {
        return new Limits(MAX_ENTRIES, maxBatchBytes, maxRequests, maxBufferedBytes, Duration.ofMillis(linger),
                Duration.ofMillis(retryTimeout));
    }

    public Duration timeout() {
        return Duration.ofMillis(requestTimeout);
    }
}
