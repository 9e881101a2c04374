package io.distributary.event.input;

import java.util.List;

import io.distributary.event.ChangeEvent;

/** Changes that were read from a stream, as those of a file are: each with a version that the stream's reading gave no less than. */
public final class StreamEvents {
    private StreamEvents() {
    }

    /** @param changes in their order; their places are shard and sequence number */
    public static List<InputEvent> of(List<ChangeEvent> changes) {
        InputVersions versions = new InputVersions();
        return changes.stream().map(event -> new InputEvent(versions.with(event, null),
                event.source().shardId() + ":" + event.sequenceNumber(), null)).toList();
    }
}
