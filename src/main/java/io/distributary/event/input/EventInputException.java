package io.distributary.event.input;

/** Events that cannot be read; the message is one line: file, line, what is wrong, what to do. */
public final class EventInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param place {@code events.json:17} */
    public EventInputException(String place, String reason, Throwable cause) {
        super(place + ": " + reason, cause);
    }
}
