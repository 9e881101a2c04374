package io.distributary.ddbstream.shard;

import java.util.ArrayDeque;
import java.util.function.Predicate;

import io.distributary.ddbstream.checkpoint.Checkpoint;

/**
 * The records handed out and not yet covered by the checkpoint, in stream order. Acknowledgements come in any order;
 * the checkpoint is the last record of the contiguous acknowledged prefix. Not thread-safe.
 */
final class Frontier {
    private final ArrayDeque<Slot> pending = new ArrayDeque<>();
    private String sequenceNumber;
    private Long version;

    void add(Slot slot) {
        pending.addLast(slot);
    }

    /** Marks a record as acknowledged and moves as far as the prefix goes. */
    void acknowledge(Slot slot) {
        slot.acknowledged = true;
        while (!pending.isEmpty() && pending.peekFirst().acknowledged) {
            Slot last = pending.pollFirst();
            sequenceNumber = last.sequenceNumber;
            version = last.version;
        }
    }

    /** The first record that is not acknowledged, or null. */
    Slot oldest() {
        return pending.peekFirst();
    }

    /** The first of this kind, or null. */
    Slot first(Predicate<Slot> kind) {
        return pending.stream().filter(kind).findFirst().orElse(null);
    }

    /** How many are not acknowledged. */
    int unacknowledged() {
        return (int) pending.stream().filter(slot -> !slot.acknowledged).count();
    }

    /** The last record of the acknowledged prefix, or null when there is none yet. */
    String sequenceNumber() {
        return sequenceNumber;
    }

    /** The checkpoint behind that record; null as it is. */
    Checkpoint checkpoint() {
        return sequenceNumber == null ? null : Checkpoint.after(sequenceNumber).withVersion(version);
    }

    /** How many records lie between the checkpoint and the last one handed out, acknowledged or not. */
    int span() {
        return pending.size();
    }
}
