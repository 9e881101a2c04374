package io.distributary.sns;

import io.distributary.aws.BatchOptions;
import io.distributary.config.AwsDefaults;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The stock options, and those of the coalescing producer. */
@UriParams
public class SnsConfiguration extends AwsDefaults.Sns {
    @UriParam(label = "producer", defaultValue = "true", description = BatchOptions.COALESCE_TEXT)
    private boolean coalesce = true;

    @UriParam(label = "producer", defaultValue = "" + BatchOptions.LINGER, javaType = "java.time.Duration",
            description = BatchOptions.LINGER_TEXT)
    private long linger = BatchOptions.LINGER;

    @UriParam(label = "producer", defaultValue = "" + BatchOptions.MAX_REQUESTS, description = BatchOptions.MAX_REQUESTS_TEXT)
    private int maxRequests = BatchOptions.MAX_REQUESTS;

    @UriParam(label = "producer", defaultValue = "" + BatchOptions.SNS_BATCH_BYTES,
            description = BatchOptions.MAX_BATCH_BYTES_TEXT + " More than the default needs"
                    + " the topic's attribute MaximumMessageSize to allow it.")
    private int maxBatchBytes = BatchOptions.SNS_BATCH_BYTES;

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
            + " headers but Camel's own, numbers as String.")
    private String messageAttributeHeaders;

    @UriParam(label = "producer", description = "Attribute of the item whose text names the topic of each change, as in an outbox"
            + " table: of the new image, else of the old one, else of the keys. A name follows topicPrefix; an ARN is taken as it"
            + " is. A change without it goes to the topic of the URI; with * there it fails.")
    private String topicAttribute;

    @UriParam(label = "producer", description = "What the names in topicAttribute are prefixed with, as orders- for orders-created.")
    private String topicPrefix;

    @Override
    public SnsConfiguration copy() {
        return (SnsConfiguration) super.copy();
    }

    BatchOptions batchOptions() {
        return new BatchOptions(linger, maxRequests, maxBatchBytes, maxBufferedBytes, retryTimeout, requestTimeout);
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

    public String getTopicAttribute() {
        return topicAttribute;
    }

    public void setTopicAttribute(String topicAttribute) {
        this.topicAttribute = topicAttribute;
    }

    public String getTopicPrefix() {
        return topicPrefix;
    }

    public void setTopicPrefix(String topicPrefix) {
        this.topicPrefix = topicPrefix;
    }
}
