package io.distributary.nats;

import io.distributary.event.ChangeEvent;

/** The subject of a change by itself, without an exchange that could say otherwise. */
public final class ChangeSubject {
    private ChangeSubject() {
    }

    /**
     * @param template as the option {@code subjectTemplate}
     * @throws IllegalArgumentException where it is none
     */
    public static String of(String template, ChangeEvent event) {
        return SubjectTemplate.parse(template).subject(token -> value(event, token));
    }

    /** Null for what the change does not have. */
    static String value(ChangeEvent event, SubjectTemplate.Token token) {
        return switch (token) {
            case TABLE -> event.source().tableName();
            case PARTITION_KEY -> event.partitionKey();
            case SORT_KEY -> event.sortKey();
            case EVENT_NAME -> event.eventNameText();
        };
    }
}
