package io.distributary.nats;

import java.security.NoSuchAlgorithmException;

import io.distributary.config.OptionRange;
import io.nats.client.Options;
import org.apache.camel.component.nats.NatsConfiguration;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The stock options, and those of the producer that waits for JetStream's acknowledgement. */
@UriParams
public class JetStreamConfiguration extends NatsConfiguration {
    @UriParam(label = "producer", defaultValue = "true",
            description = "Publish to JetStream asynchronously, in order for each item, and accept nothing less than its"
                    + " acknowledgement. With false it is the stock producer: one message at a time, and unacknowledged"
                    + " where the server has no JetStream, so that messages can be lost.")
    private boolean coalesce = true;

    @UriParam(label = "producer", defaultValue = "1000",
            description = "Messages published and not yet acknowledged, over all exchanges of the endpoint.")
    private int maxInFlight = 1000;

    @UriParam(label = "producer,advanced", defaultValue = "16777216",
            description = "Bytes of messages, headers included, that are in flight or wait. More exchanges wait beyond that, and"
                    + " with them the source.")
    private long maxBufferedBytes = 16L << 20;

    @UriParam(label = "producer", defaultValue = "5000", javaType = "java.time.Duration",
            description = "How long to wait for an acknowledgement before publishing again, in milliseconds; the stock option"
                    + " requestTimeout where that is shorter.")
    private long ackTimeout = 5000;

    @UriParam(label = "producer", defaultValue = "30000", javaType = "java.time.Duration",
            description = "How long a message is published again before its exchange fails, in milliseconds: while the servers"
                    + " cannot be reached, answer that they are busy or that no stream takes the subject, or do not answer."
                    + " What cannot succeed fails at once.")
    private long retryTimeout = 30_000;

    @UriParam(label = "producer",
            description = "The subject, instead of the topic, of messages that carry a change: tokens joined by dots, of which"
                    + " {table}, {partitionKey}, {sortKey} and {eventName} stand for the change's, escaped. The header"
                    + " CamelNatsOverrideSubject wins over it.")
    private String subjectTemplate;

    @UriParam(label = "producer", defaultValue = "false",
            description = "Add the headers event_id, event_name and table_name of the change to each message.")
    private boolean eventHeaders;

    private NatsEvents events;

    public boolean isCoalesce() {
        return coalesce;
    }

    public void setCoalesce(boolean coalesce) {
        this.coalesce = coalesce;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public long getMaxBufferedBytes() {
        return maxBufferedBytes;
    }

    public void setMaxBufferedBytes(long maxBufferedBytes) {
        this.maxBufferedBytes = maxBufferedBytes;
    }

    public long getAckTimeout() {
        return ackTimeout;
    }

    public void setAckTimeout(long ackTimeout) {
        this.ackTimeout = ackTimeout;
    }

    public long getRetryTimeout() {
        return retryTimeout;
    }

    public void setRetryTimeout(long retryTimeout) {
        this.retryTimeout = retryTimeout;
    }

    public String getSubjectTemplate() {
        return subjectTemplate;
    }

    public void setSubjectTemplate(String subjectTemplate) {
        this.subjectTemplate = subjectTemplate;
    }

    public boolean isEventHeaders() {
        return eventHeaders;
    }

    public void setEventHeaders(boolean eventHeaders) {
        this.eventHeaders = eventHeaders;
    }

    /** Who hears of a connection that is opened from these options; for the producer that opens one of its own. */
    void listeningWith(NatsEvents listener) {
        events = listener;
    }

    @Override
    public Options.Builder createOptions() throws NoSuchAlgorithmException {
        Options.Builder options = super.createOptions();
        return events == null ? options : options.errorListener(events).connectionListener(events);
    }

    /**
     * @param where names the endpoint in the message, without secrets
     * @throws IllegalArgumentException naming the option that makes no sense
     */
    void check(String where) {
        // jnats queues 5,000 outgoing messages; past that a publish would block
        OptionRange.check(where, "maxInFlight", maxInFlight, 1, Options.DEFAULT_MAX_MESSAGES_IN_OUTGOING_QUEUE);
        OptionRange.check(where, "maxBufferedBytes", maxBufferedBytes, 1);
        OptionRange.check(where, "ackTimeout", ackTimeout, 1);
        OptionRange.check(where, "requestTimeout", getRequestTimeout(), 1);
        OptionRange.check(where, "retryTimeout", retryTimeout, 0);
        if (subjectTemplate != null) {
            SubjectTemplate.parse(subjectTemplate);
        }
    }
}
