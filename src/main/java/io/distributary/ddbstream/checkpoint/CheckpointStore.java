package io.distributary.ddbstream.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the progress of one application on one table is kept. One owner at a time: {@link #open} takes the ownership,
 * {@link #close} gives it up. Called by one thread at a time. Every method throws {@link CheckpointException} with a
 * message for people.
 */
public interface CheckpointStore extends AutoCloseable {

    /** Takes sole ownership, or throws {@link CheckpointException} naming the present owner where it is known. */
    void open();

    /** The ARNs of the streams of this table that have checkpoints here. */
    Set<String> streams();

    /** The checkpoints by shard id; empty when this stream has never been started. */
    Optional<Map<String, Checkpoint>> load(String streamArn);

    /**
     * Stores the checkpoints of a stream durably: when this returns, they survive a crash; when it throws, the
     * previous ones are still there.
     *
     * @param all     every checkpoint of the stream, for stores that write a stream as a whole
     * @param changed the shard ids whose checkpoint differs from the last save, or that are no longer in {@code all}
     */
    void save(String streamArn, Map<String, Checkpoint> all, Set<String> changed);

    /**
     * Looks, without a call to any server, whether the ownership is known to be lost.
     *
     * @throws OwnershipLostException naming the new owner, as {@link #save} then does too
     */
    default void verifyOwnership() {
    }

    @Override
    void close();
}
