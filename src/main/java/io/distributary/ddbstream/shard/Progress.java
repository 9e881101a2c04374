package io.distributary.ddbstream.shard;

import java.time.Instant;

/** How far a shard has come in time. */
final class Progress {
    private Progress() {
    }

    /**
     * Until when every change of a shard is known to be acknowledged.
     *
     * @param oldest   creation time of its oldest record that is read and not acknowledged, or null
     * @param readUpTo creation time of the last record read, or when the last page without any was asked for: until then
     *                 there was nothing else to read; null before the first page
     * @return null where nothing is known yet
     */
    static Instant deliveredUpTo(Instant oldest, Instant readUpTo) {
        return oldest != null ? oldest : readUpTo;
    }
}
