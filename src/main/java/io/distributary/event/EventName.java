package io.distributary.event;

import java.util.Locale;

/** The kinds of change, with DynamoDB Streams' names. */
public enum EventName {
    INSERT,
    MODIFY,
    REMOVE;

    private final String lowerCase = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as CloudEvents types and subjects use it: {@code insert}. */
    public String lowerCase() {
        return lowerCase;
    }

    /** The kind of that name, or null where there is none. */
    public static EventName find(String text) {
        for (EventName name : values()) {
            if (name.name().equals(text)) {
                return name;
            }
        }
        return null;
    }
}
