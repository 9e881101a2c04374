package io.distributary.event;

import com.fasterxml.jackson.core.JsonLocation;

/** JSON that is not what a reader reads; the message names line, column and reason. */
public final class EventReadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String reason;

    EventReadException(JsonLocation where, String reason, Throwable cause) {
        super("line " + where.getLineNr() + ", column " + where.getColumnNr() + ": " + reason, cause);
        this.line = where.getLineNr();
        this.reason = "column " + where.getColumnNr() + ": " + reason;
    }

    EventReadException(String reason) {
        super(reason);
        this.line = 1;
        this.reason = reason;
    }

    /** Of the document, from 1 on; 1 also where it is not known. */
    public int line() {
        return line;
    }

    /** The message without the line. */
    public String reason() {
        return reason;
    }
}
