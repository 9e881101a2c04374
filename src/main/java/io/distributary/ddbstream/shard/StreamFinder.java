package io.distributary.ddbstream.shard;

import java.util.Optional;
import java.util.Set;

/** Finds the streams of a table, of which there is a new one each time that the stream is switched on. */
public interface StreamFinder {
    /**
     * The stream to begin with.
     *
     * @throws StreamUnavailableException where trying again will not help
     * @throws RuntimeException           the SDK's, where it may
     */
    TableStream find();

    /** Of the streams that have checkpoints the one to go on with; the streams before it are finished. */
    Optional<String> resumable(Set<String> checkpointed);

    /** A stream that was read before; empty when it no longer exists. Throws as {@link #find}. */
    Optional<TableStream> describe(String streamArn);

    /** The stream that follows one that is switched off; empty while there is none. Throws as {@link #find}. */
    Optional<TableStream> after(String streamArn);

    /** What to do while {@link #after} finds none, for people. */
    String noneAfter(String streamArn);
}
