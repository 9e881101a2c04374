package io.distributary.ddbstream.shard;

import io.distributary.event.ChangeEvent;

/** One record between being read and being acknowledged. Guarded by its {@link ShardFlow}'s lock. */
final class Slot {
    final ChangeEvent event;
    /** Records with the same key never fly together. */
    final String laneKey;
    final String sequenceNumber;
    final int bytes;

    /** The next record of the same item, waiting for this one; only {@link Lanes} touches it. */
    Slot follower;
    boolean acknowledged;
    boolean running;
    /** Deliveries begun so far. */
    int attempts;

    Slot(ChangeEvent event, String laneKey, String sequenceNumber, int bytes) {
        this.event = event;
        this.laneKey = laneKey;
        this.sequenceNumber = sequenceNumber;
        this.bytes = bytes;
    }
}
