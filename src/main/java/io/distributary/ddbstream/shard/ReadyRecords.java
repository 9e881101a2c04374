package io.distributary.ddbstream.shard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The records that may be handed out, each item's once at most, cut into batches. Not thread-safe. */
final class ReadyRecords {
    private static final Comparator<Slot> STREAM_ORDER = Comparator.comparingInt(slot -> slot.position);

    private final int batchSize;
    private final boolean waiting;
    private final ArrayDeque<Slot> slots = new ArrayDeque<>();
    /** Those behind the limit, while there is one. */
    private final ArrayDeque<Slot> held = new ArrayDeque<>();
    private int limit = Integer.MAX_VALUE;
    private boolean released;

    /** @param waiting whether a batch that is not full waits for {@link #release} */
    ReadyRecords(int batchSize, boolean waiting) {
        this.batchSize = batchSize;
        this.waiting = waiting;
    }

    void add(Slot slot) {
        (slot.position <= limit ? slots : held).addLast(slot);
    }

    /** Until {@link #unlimited}, nothing goes that stands behind this position, and what stands before it does not wait. */
    void limit(int position) {
        limit = position;
        List<Slot> all = List.copyOf(slots);
        slots.clear();
        all.forEach(this::add);
        release();
    }

    void unlimited() {
        limit = Integer.MAX_VALUE;
        slots.addAll(held);
        held.clear();
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    /** What is here goes without waiting for more. */
    void release() {
        released = !slots.isEmpty();
    }

    /** How many batches may go. */
    int batches() {
        boolean rest = slots.size() % batchSize != 0 && (released || !waiting);
        return slots.size() / batchSize + (rest ? 1 : 0);
    }

    /** True when records wait for a batch to fill. */
    boolean incomplete() {
        return !slots.isEmpty() && batches() == 0;
    }

    /** The next batch, in stream order; null when none may go. */
    List<Slot> poll() {
        if (batches() == 0) {
            return null;
        }
        if (batchSize == 1) {
            return List.of(slots.pollFirst());
        }
        List<Slot> batch = new ArrayList<>(Math.min(batchSize, slots.size()));
        while (batch.size() < batchSize && !slots.isEmpty()) {
            batch.add(slots.pollFirst());
        }
        batch.sort(STREAM_ORDER); // a record that waited for its item's turn comes behind later ones
        released &= !slots.isEmpty();
        return batch;
    }

    void clear() {
        slots.clear();
        held.clear();
        released = false;
    }
}
