package io.distributary.event;

/**
 * A record that cannot be converted: unknown attribute type, impossible number, missing keys or image. The same record
 * fails the same way every time, so it belongs in the dead letter channel, not in a retry.
 */
public final class EventConversionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String tableName;
    private final String sequenceNumber;
    private final String path;
    private final String reason;

    /**
     * @param path   where in the record, see {@link #path()}
     * @param reason what is wrong there, and what to do
     */
    public EventConversionException(ChangeEvent event, String path, String reason) {
        super("Cannot convert " + path + " of the record of table " + event.source().tableName()
                + ", sequence number " + event.sequenceNumber() + ": " + reason);
        this.tableName = event.source().tableName();
        this.sequenceNumber = event.sequenceNumber();
        this.path = path;
        this.reason = reason;
    }

    public String tableName() {
        return tableName;
    }

    /** The record's sequence number; null when the record has none. */
    public String sequenceNumber() {
        return sequenceNumber;
    }

    /**
     * Where in the record, in the envelope's names: {@code new_image.a.b[3]}; an attribute name with other than
     * letters, digits, {@code _} and {@code -} is quoted: {@code new_image["a.b"]}.
     */
    public String path() {
        return path;
    }

    /** What is wrong there, without the path. */
    public String reason() {
        return reason;
    }
}
