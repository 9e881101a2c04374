package io.distributary.ddbstream;

import java.util.Optional;
import java.util.Set;

import io.distributary.ddbstream.shard.StreamFinder;
import io.distributary.ddbstream.shard.StreamUnavailableException;
import io.distributary.ddbstream.shard.TableStream;

/** The one stream whose ARN was given: none follows it. */
final class PinnedStream implements StreamFinder {
    private final String streamArn;
    private final StreamLocator locator;

    PinnedStream(String streamArn, StreamLocator locator) {
        this.streamArn = streamArn;
        this.locator = locator;
    }

    @Override
    public TableStream find() {
        return locator.describe(streamArn).orElseThrow(() -> new StreamUnavailableException("The stream " + streamArn
                + " does not exist: check the ARN, the region and the account. A stream that was switched off vanishes after 24"
                + " hours.", null));
    }

    @Override
    public Optional<String> resumable(Set<String> checkpointed) {
        return checkpointed.contains(streamArn) ? Optional.of(streamArn) : Optional.empty();
    }

    @Override
    public Optional<TableStream> describe(String arn) {
        return locator.describe(arn);
    }

    @Override
    public Optional<TableStream> after(String arn) {
        return Optional.empty();
    }

    @Override
    public String noneAfter(String arn) {
        return "The stream " + arn + " is switched off, and read to its end. No other is read, as the source names this one: name the"
                + " table instead to read its next stream too.";
    }
}
