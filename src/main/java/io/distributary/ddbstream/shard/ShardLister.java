package io.distributary.ddbstream.shard;

import java.util.ArrayList;
import java.util.List;

import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;

/** Lists all shards of a stream, page by page. */
final class ShardLister {
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
     * @param disabled true when the stream has been switched off and gets no new shards
     */
    record Listing(List<ListedShard> shards, boolean disabled) {
        boolean holds(String shardId) {
            return shards.stream().anyMatch(shard -> shard.shardId().equals(shardId));
        }

        boolean hasChildOf(String shardId) {
            return shards.stream().anyMatch(shard -> shardId.equals(shard.parentShardId()));
        }
    }

    Listing list() {
        List<ListedShard> shards = new ArrayList<>();
        String after = null;
        while (true) {
            StreamDescription page = client.describeStream(streamArn, after);
            page.shards().forEach(shard -> shards.add(ListedShard.of(shard)));
            String next = page.lastEvaluatedShardId();
            // some emulators answer the last page's key again and again
            if (next == null || next.equals(after)) {
                return new Listing(List.copyOf(shards), page.streamStatus() == StreamStatus.DISABLED);
            }
            after = next;
        }
    }
}
