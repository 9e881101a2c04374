package io.distributary.deadletter.store;

import java.time.Instant;

import io.distributary.event.ChangeEvent;

/**
 * A dead letter as it was read; docs/dead-letters.md describes its fields. What it does not have is null.
 *
 * @param eventId        the stream's eventID
 * @param tableName      the table
 * @param sequenceNumber of the change in its shard
 * @param itemKey        partition and sort key as one text
 * @param changeVersion  tells older from newer at a target that has versions
 * @param target         URI of the step to send to again; null where the change failed before the targets, or was given up
 * @param endpoint       URI of the endpoint that failed
 * @param routeId        the route
 * @param correlationId  the exchange, as in the log
 * @param attempts       how often it was tried
 * @param firstFailedAt  when it failed first
 * @param lastFailedAt   when it failed last
 * @param exception      why
 * @param event          the change as the target would have got it, with a version; null where a route without a table failed
 * @param body           what such a route carried, else null
 * @param json           the dead letter's own text, with its record also where the store keeps that elsewhere
 */
public record DeadLetterRecord(String eventId, String tableName, String sequenceNumber, String itemKey, Long changeVersion,
        String target, String endpoint, String routeId, String correlationId, int attempts, Instant firstFailedAt, Instant lastFailedAt,
        FailureReason exception, ChangeEvent event, String body, String json) {

    /**
     * An exception, as the dead letter tells it.
     *
     * @param type      its class
     * @param message   or null
     * @param rootCause what caused it in the end, or null where it is that itself
     */
    public record FailureReason(String type, String message, FailureReason rootCause) {
        /** {@code java.io.IOException: disk full}, of the root cause where there is one. */
        @Override
        public String toString() {
            return rootCause != null ? rootCause.toString() : message == null ? type : type + ": " + message;
        }
    }
}
