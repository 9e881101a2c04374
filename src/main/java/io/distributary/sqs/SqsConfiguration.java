package io.distributary.sqs;

import io.distributary.aws.BatchOptions;
import io.distributary.config.AwsDefaults;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The stock options, and those of the coalescing producer. */
@UriParams
public class SqsConfiguration extends AwsDefaults.Sqs {
    @UriParam(label = "producer", defaultValue = "true", description = BatchOptions.COALESCE_TEXT)
    private boolean coalesce = true;

    @UriParam(label = "producer", defaultValue = "" + BatchOptions.LINGER, javaType = "java.time.Duration",
            description = BatchOptions.LINGER_TEXT)
    private long linger = BatchOptions.LINGER;

    @UriParam(label = "producer", defaultValue = "" + BatchOptions.MAX_REQUESTS, description = BatchOptions.MAX_REQUESTS_TEXT)
    private int maxRequests = BatchOptions.MAX_REQUESTS;

    @UriParam(label = "producer", defaultValue = "" + BatchOptions.MAX_BATCH_BYTES,
            description = BatchOptions.MAX_BATCH_BYTES_TEXT)
    private int maxBatchBytes = BatchOptions.MAX_BATCH_BYTES;

    @UriParam(label = "producer", defaultValue = "" + BatchOptions.MAX_BUFFERED_BYTES,
            description = BatchOptions.MAX_BUFFERED_BYTES_TEXT)
    private long maxBufferedBytes = BatchOptions.MAX_BUFFERED_BYTES;

    @UriParam(label = "producer", defaultValue = "" + BatchOptions.RETRY_TIMEOUT, javaType = "java.time.Duration",
            description = BatchOptions.RETRY_TIMEOUT_TEXT)
    private long retryTimeout = BatchOptions.RETRY_TIMEOUT;

    @UriParam(label = "producer", defaultValue = "" + BatchOptions.REQUEST_TIMEOUT, javaType = "java.time.Duration",
            description = BatchOptions.REQUEST_TIMEOUT_TEXT)
    private long requestTimeout = BatchOptions.REQUEST_TIMEOUT;

    @UriParam(label = "producer", description = BatchOptions.ATTRIBUTES_TEXT + " Without it, as the stock producer does: all"
            + " headers but Camel's own, and messageHeaderExceededLimit says what becomes of more than 10.")
    private String messageAttributeHeaders;

    @Override
    public SqsConfiguration copy() {
        return (SqsConfiguration) super.copy();
    }

    BatchOptions batchOptions() {
        return new BatchOptions(linger, maxRequests, maxBatchBytes, maxBufferedBytes, retryTimeout, requestTimeout);
    }

    /** As the stock configuration derives it: only FIFO queues' names end so. */
    boolean isFifo() {
        return getQueueName().endsWith(".fifo");
    }

    public boolean isCoalesce() {
        return coalesce;
    }

    public void setCoalesce(boolean coalesce) {
        this.coalesce = coalesce;
    }

    public long getLinger() {
        return linger;
    }

    public void setLinger(long linger) {
        this.linger = linger;
    }

    public int getMaxRequests() {
        return maxRequests;
    }

    public void setMaxRequests(int maxRequests) {
        this.maxRequests = maxRequests;
    }

    public int getMaxBatchBytes() {
        return maxBatchBytes;
    }

    public void setMaxBatchBytes(int maxBatchBytes) {
        this.maxBatchBytes = maxBatchBytes;
    }

    public long getMaxBufferedBytes() {
        return maxBufferedBytes;
    }

    public void setMaxBufferedBytes(long maxBufferedBytes) {
        this.maxBufferedBytes = maxBufferedBytes;
    }

    public long getRetryTimeout() {
        return retryTimeout;
    }

    public void setRetryTimeout(long retryTimeout) {
        this.retryTimeout = retryTimeout;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public String getMessageAttributeHeaders() {
        return messageAttributeHeaders;
    }

    public void setMessageAttributeHeaders(String messageAttributeHeaders) {
        this.messageAttributeHeaders = messageAttributeHeaders;
    }
}
