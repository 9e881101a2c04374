package io.distributary.event;

import com.fasterxml.jackson.core.JsonLocation;

/** JSON that is not what a reader reads; the message names line, column and reason. */
public final class EventReadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EventReadException(JsonLocation where, String reason, Throwable cause) {
        super("line " + where.getLineNr() + ", column " + where.getColumnNr() + ": " + reason, cause);
    }

    EventReadException(String reason) {
        super(reason);
    }
}
