package io.distributary.ddbstream.shard;

import java.util.List;

import io.distributary.event.ChangeEvent;
import io.distributary.event.FailedAttempts;

/** One record between being read and being acknowledged. Guarded by its {@link ShardFlow}'s lock. */
final class Slot {
    final ChangeEvent event;
    /** Records with the same key never fly together. */
    final String laneKey;
    final String sequenceNumber;
    /** As {@link ChangeEvent#version()}. */
    final Long version;
    final int bytes;

    /** Its place in the shard's order, by which batches are put in order; set by the {@link RecordWindow}. */
    int position;
    /** The next record of the same item, waiting for this one; only {@link Lanes} touches it. */
    Slot follower;
    boolean acknowledged;
    /** Null until a delivery of it fails. */
    FailedAttempts failed;
    /** Why, the last time. */
    Throwable failure;

    Slot(ChangeEvent event, String laneKey, String sequenceNumber, int bytes) {
        this.event = event;
        this.laneKey = laneKey;
        this.sequenceNumber = sequenceNumber;
        this.version = event == null ? null : event.version();
        this.bytes = bytes;
    }

    /** The sum of theirs. */
    static long bytes(List<Slot> slots) {
        long bytes = 0;
        for (int i = 0; i < slots.size(); i++) {
            bytes += slots.get(i).bytes;
        }
        return bytes;
    }
}
