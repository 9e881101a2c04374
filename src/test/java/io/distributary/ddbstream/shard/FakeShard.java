package io.distributary.ddbstream.shard;

import java.util.ArrayList;
import java.util.List;

import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.SequenceNumberRange;
import software.amazon.awssdk.services.dynamodb.model.Shard;

/** One shard of a {@link FakeStream}. */
final class FakeShard {
    final String parent;
    final List<Record> records = new ArrayList<>();
    boolean closed;
    boolean listed = true;
    /** Records before this index are no longer there. */
    int trimmed;

    FakeShard(String parent) {
        this.parent = parent;
    }

    /** As DescribeStream lists it. */
    Shard describe(String id) {
        return Shard.builder().shardId(id).parentShardId(parent).sequenceNumberRange(SequenceNumberRange.builder()
                .startingSequenceNumber("1").endingSequenceNumber(closed ? "99999" : null).build()).build();
    }
}
