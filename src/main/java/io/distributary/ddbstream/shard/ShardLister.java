package io.distributary.ddbstream.shard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;

/** Lists all shards of a stream, page by page. */
final class ShardLister {
    /** A page may be empty and stay where it is, but not for ever. */
    private static final int MAX_STANDING_PAGES = 10;

    private final StreamsClient client;
    private final String streamArn;
    private final EngineRuntime runtime;

    ShardLister(StreamsClient client, String streamArn, EngineRuntime runtime) {
        this.client = client;
        this.streamArn = streamArn;
        this.runtime = runtime;
    }

    /**
     * A complete listing.
     *
     * @param shards   the shards
     * @param disabled true when the stream has been switched off: it gets no new shards, and those it has are closed
     * @param begun    the moment before its first page was asked for
     */
    record Listing(List<ListedShard> shards, boolean disabled, Instant begun) {
        boolean holds(String shardId) {
            return shards.stream().anyMatch(shard -> shard.shardId().equals(shardId));
        }

        boolean holdsClosed(String shardId) {
            return shards.stream().anyMatch(shard -> shard.closed() && shard.shardId().equals(shardId));
        }

        boolean hasChildOf(String shardId) {
            return shards.stream().anyMatch(shard -> shardId.equals(shard.parentShardId()));
        }
    }

    /** A listing under way; used by one thread at a time. */
    final class Walk {
        private final List<ListedShard> shards = new ArrayList<>();
        private Instant begun;
        private String after;
        private int standing;

        /** The first page is asked for now; later calls change nothing. */
        void begin(Instant now) {
            begun = begun == null ? now : begun;
        }

        boolean begun() {
            return begun != null;
        }

        /** Asks for the next page; null while there are more. Throws where it fails: half a listing would pass for a whole one. */
        Listing next() {
            StreamDescription page = client.describeStream(streamArn, after);
            page.shards().forEach(shard -> shards.add(ListedShard.of(shard)));
            String next = page.lastEvaluatedShardId();
            if (next == null) {
                return new Listing(List.copyOf(shards), page.streamStatus() == StreamStatus.DISABLED, begun);
            }
            standing = next.equals(after) ? standing + 1 : 0;
            if (standing == MAX_STANDING_PAGES) {
                throw new IllegalStateException("DescribeStream answers the page after shard " + after + " again and again");
            }
            after = next;
            return null;
        }

        /** As {@link #next}, but a stream that no longer exists has no shards and gets none. */
        Listing nextOrGone() {
            try {
                return next();
            } catch (RuntimeException e) {
                if (StreamErrors.kind(e) == StreamErrors.Kind.NOT_FOUND) {
                    return new Listing(List.of(), true, begun);
                }
                throw e;
            }
        }
    }

    Walk begin() {
        return new Walk();
    }

    /** Lists on this thread, which waits for its turns. */
    Listing list() {
        return list(Walk::next);
    }

    /** As {@link #list}, but a stream that no longer exists has no shards and gets none. */
    Listing listOrGone() {
        return list(Walk::nextOrGone);
    }

    private Listing list(Function<Walk, Listing> page) {
        Walk walk = begin();
        Listing listing;
        do {
            runtime.awaitDescribeTurn();
            walk.begin(runtime.now());
            listing = page.apply(walk);
        } while (listing == null);
        return listing;
    }
}
