package io.distributary.ddbstream.shard;

/** What to do where DynamoDB no longer holds records that were not read yet. */
public enum GapPolicy {
    /** Stop reading the shard and its descendants, visibly. */
    FAIL,
    /** Report it, and go on at the oldest record that is left. */
    CONTINUE
}
