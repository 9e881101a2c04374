package io.distributary.dryrun;

import io.distributary.preview.Draft;

/** What happened to a record on its way through the route. */
public sealed interface Step {
    /**
     * A filter or choice.
     *
     * @param kind      {@code filter} or {@code choice}
     * @param place     file and line, or the route's id
     * @param condition as it is written; of a choice, of the branch that was taken, or null; of a filter in a kamelet, the kamelet
     * @param outcome   {@code passed}, {@code did not match}; where the filter leaves out what it matches, {@code left out},
     *                  {@code goes on}; {@code when 2}, {@code otherwise}, {@code no branch}
     */
    record Decision(String kind, String place, String condition, String outcome) implements Step {
    }

    /**
     * What would go out of the process.
     *
     * @param endpoint     the real one's URI, without secrets
     * @param via          the kamelet that it is a part of, or null
     * @param afterFailure whether the record had failed before, as on its way to a dead letter channel
     * @param eventId      of the change; null where the message carries none
     * @param draft        the message
     */
    record WouldSend(String endpoint, String via, boolean afterFailure, String eventId, Draft draft) implements Step {
    }

    /**
     * A step that failed.
     *
     * @param place file and line, or the route's id
     */
    record Failed(String place, String reason) implements Step {
    }
}
