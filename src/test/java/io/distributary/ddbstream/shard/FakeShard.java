package io.distributary.ddbstream.shard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    private final Set<Integer> readers = new HashSet<>();
    private final Set<Integer> concurrent = new HashSet<>();
    private int reader;

    FakeShard(String parent) {
        this.parent = parent;
    }

    /** The index of the first record after a sequence number. */
    int after(String sequenceNumber) {
        if (sequenceNumber == null) {
            throw new IllegalArgumentException("AFTER_SEQUENCE_NUMBER needs a sequence number");
        }
        int index = 0;
        while (index < records.size()
                && Long.parseLong(records.get(index).dynamodb().sequenceNumber()) <= Long.parseLong(sequenceNumber)) {
            index++;
        }
        return index;
    }

    /** Counts the readers at the same time: one that was followed by another and reads on shows that both are there. */
    int readBy(int by) {
        if (by != reader && !readers.add(by)) {
            concurrent.add(by);
            concurrent.add(reader);
        }
        reader = by;
        return Math.max(1, concurrent.size());
    }

    /** As DescribeStream lists it. */
    Shard describe(String id) {
        return Shard.builder().shardId(id).parentShardId(parent).sequenceNumberRange(SequenceNumberRange.builder()
                .startingSequenceNumber("1").endingSequenceNumber(closed ? last() : null).build()).build();
    }

    private String last() {
        return records.isEmpty() ? "1" : records.get(records.size() - 1).dynamodb().sequenceNumber();
    }
}
