package io.distributary.ddbstream.shard;

import java.util.ArrayList;
import java.util.List;

import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;

/** Lists all shards of a stream, page by page. */
final class ShardLister {
    /** A page may be empty and stay where it is, but not for ever. */
    private static final int MAX_STANDING_PAGES = 10;

    private final StreamsClient client;
    private final String streamArn;

    ShardLister(StreamsClient client, String streamArn) {
        this.client = client;
        this.streamArn = streamArn;
    }

    /**
     * A complete listing.
     *
     * @param shards   the shards
     * @param disabled true when the stream has been switched off: it gets no new shards, and those it has are closed
     */
    record Listing(List<ListedShard> shards, boolean disabled) {
        boolean holds(String shardId) {
            return shards.stream().anyMatch(shard -> shard.shardId().equals(shardId));
        }

        boolean hasChildOf(String shardId) {
            return shards.stream().anyMatch(shard -> shardId.equals(shard.parentShardId()));
        }
    }

    /** As {@link #list}, but a stream that no longer exists has no shards and gets none. */
    Listing listOrGone() {
        try {
            return list();
        } catch (RuntimeException e) {
            if (StreamErrors.kind(e) == StreamErrors.Kind.NOT_FOUND) {
                return new Listing(List.of(), true);
            }
            throw e;
        }
    }

    /** Throws where a page fails: half a listing would pass for a stream without its other shards. */
    Listing list() {
        List<ListedShard> shards = new ArrayList<>();
        String after = null;
        int standing = 0;
        while (true) {
            StreamDescription page = client.describeStream(streamArn, after);
            page.shards().forEach(shard -> shards.add(ListedShard.of(shard)));
            String next = page.lastEvaluatedShardId();
            if (next == null) {
                return new Listing(List.copyOf(shards), page.streamStatus() == StreamStatus.DISABLED);
            }
            standing = next.equals(after) ? standing + 1 : 0;
            if (standing == MAX_STANDING_PAGES) {
                throw new IllegalStateException("DescribeStream answers the page after shard " + after + " again and again");
            }
            after = next;
        }
    }
}
