package io.distributary.ddbstream.shard;

/** Finds the stream of a table. */
@FunctionalInterface
public interface StreamFinder {
    /**
     * @throws StreamUnavailableException where trying again will not help
     * @throws RuntimeException           the SDK's, where it may
     */
    TableStream find();
}
