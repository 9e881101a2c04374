package io.distributary.nats;

import io.distributary.event.ChangeEventHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Prepares a change for the {@code nats:} endpoint after it: {@code Nats-Msg-Id} is the event id, by which JetStream drops
 * repeats within the stream's duplicate window, and the subject is the prefix and the table's name. Thread-safe.
 */
public final class JetStreamMessage implements Processor {
    /** The header by which JetStream recognises duplicates. */
    public static final String MESSAGE_ID = "Nats-Msg-Id";

    private String subjectPrefix;

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String eventId = message.getHeader(ChangeEventHeaders.EVENT_ID, String.class);
        if (eventId != null) {
            message.setHeader(MESSAGE_ID, eventId);
        }
        String table = message.getHeader(ChangeEventHeaders.TABLE_NAME, String.class);
        message.setHeader(JetStreamProducer.OVERRIDE_SUBJECT, subject(subjectPrefix, table));
    }

    /** The prefix, and the table as one more token; the prefix alone where no table is known. */
    static String subject(String prefix, String table) {
        return table == null ? prefix : prefix + "." + Subjects.token(table);
    }

    public String getSubjectPrefix() {
        return subjectPrefix;
    }

    /**
     * Tokens before the table's name.
     *
     * @throws IllegalArgumentException when no message could be published under it
     */
    public void setSubjectPrefix(String subjectPrefix) {
        if (!Subjects.isValid(subjectPrefix)) {
            throw new IllegalArgumentException("Not a NATS subject prefix: \"" + subjectPrefix
                    + "\": tokens of printable ASCII without space, * and >, joined by dots");
        }
        this.subjectPrefix = subjectPrefix;
    }
}
