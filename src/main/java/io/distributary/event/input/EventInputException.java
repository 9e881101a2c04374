package io.distributary.event.input;

/** Events that cannot be read; the message is one line: file, line, what is wrong, what to do. */
public final class EventInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param place {@code events.json:17} */
    public EventInputException(String place, String reason, Throwable cause) {
        super(place + ": " + reason, cause);
        this.reason = reason;
    }

    /** The message without the place. */
    public String reason() {
        return reason;
    }
}
