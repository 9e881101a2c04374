package io.distributary.event;

import java.util.Locale;

/** The kinds of change, with DynamoDB Streams' names, and the one that is none of a stream's. */
public enum EventName {
    INSERT,
    MODIFY,
    REMOVE,
    /** No change but the item as a backfill found it: it has a new image and no old one. */
    SNAPSHOT;

    private final String lowerCase = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as CloudEvents types and subjects use it: {@code insert}. */
    public String lowerCase() {
        return lowerCase;
    }

    /** Whether the item was not there before, or what it was is not known: such a change never has an old image. */
    public boolean begins() {
        return this == INSERT || this == SNAPSHOT;
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
