package io.distributary.ddbstream.shard;

import java.util.List;

/**
 * What an engine is doing.
 *
 * @param tableName the table
 * @param streamArn its stream, or null before it was found
 * @param state     the state
 * @param problem   what is wrong, for people; null when nothing is
 * @param shards    the shards being read
 */
public record EngineStatus(String tableName, String streamArn, State state, String problem, List<ShardStatus> shards) {

    /** The states of an engine. */
    public enum State {
        /** The stream has not been found yet. */
        CONNECTING,
        RUNNING,
        SUSPENDED,
        /** Something fails and is tried again by itself. */
        RETRYING,
        /** Records are lost upstream or a shard cannot go on: a person must decide. */
        FAILED,
        STOPPED
    }

    /**
     * One shard being read.
     *
     * @param shardId      its id
     * @param acknowledged the acknowledged frontier's sequence number, or null before the first
     * @param unfinished   records read and not yet acknowledged
     * @param failing      records among them whose last delivery failed
     */
    public record ShardStatus(String shardId, String acknowledged, int unfinished, int failing) {
    }
}
