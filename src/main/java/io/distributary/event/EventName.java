package io.distributary.event;

/** The kinds of change, with DynamoDB Streams' names. */
public enum EventName {
    INSERT,
    MODIFY,
    REMOVE
}
