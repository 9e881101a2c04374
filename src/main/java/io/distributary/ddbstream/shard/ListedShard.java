package io.distributary.ddbstream.shard;

import java.util.Objects;

import software.amazon.awssdk.services.dynamodb.model.Shard;

/**
 * A shard as DescribeStream lists it.
 *
 * @param shardId       its id
 * @param parentShardId the shard it continues, or null; may name a shard that is no longer listed
 * @param closed        true when nothing is written to it any more (it has an ending sequence number)
 */
record ListedShard(String shardId, String parentShardId, boolean closed) {
    ListedShard {
        Objects.requireNonNull(shardId, "shardId");
    }

    static ListedShard of(Shard shard) {
        boolean closed = shard.sequenceNumberRange() != null && shard.sequenceNumberRange().endingSequenceNumber() != null;
        return new ListedShard(shard.shardId(), shard.parentShardId(), closed);
    }
}
