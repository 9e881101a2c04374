package io.distributary.ddbstream.shard;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The records of one shard between being read and being acknowledged: a backlog, and behind the {@link Frontier} a window
 * of those that may be handed out, each item's through its lane. Not thread-safe.
 */
final class RecordWindow {
    private final int size;
    private final ArrayDeque<Slot> backlog = new ArrayDeque<>();
    private final ArrayDeque<Slot> ready = new ArrayDeque<>();
    private final Lanes lanes = new Lanes();
    private final Frontier frontier = new Frontier();
    private int inFlight;
    private int failing;

    /** @param size how far the last record handed out may be ahead of the frontier */
    RecordWindow(int size) {
        this.size = size;
    }

    /** Adds records in stream order. */
    void add(List<Slot> page) {
        backlog.addAll(page);
        admit();
    }

    /** The next record to hand out, counted as in flight; or null. */
    Slot take() {
        Slot slot = ready.pollFirst();
        if (slot != null) {
            slot.running = true;
            slot.attempts++;
            inFlight++;
        }
        return slot;
    }

    /** The record's delivery of that number is over; false when it was known to be. */
    boolean finish(Slot slot, int attempt) {
        if (!slot.running || slot.attempts != attempt) {
            return false;
        }
        slot.running = false;
        inFlight--;
        return true;
    }

    /** Every target has the record: moves the frontier, frees the lane, and lets others into the window. */
    void acknowledge(Slot slot) {
        failing -= slot.attempts > 1 ? 1 : 0;
        frontier.acknowledge(slot);
        Slot next = lanes.leave(slot);
        if (next != null) {
            ready.addLast(next);
        }
        admit();
    }

    /** The record keeps its lane until {@link #retry}. */
    void fail(Slot slot) {
        failing += slot.attempts == 1 ? 1 : 0;
    }

    void retry(Slot slot) {
        ready.addFirst(slot);
    }

    /** Hands out nothing more. */
    void clear() {
        backlog.clear();
        ready.clear();
    }

    private void admit() {
        while (!backlog.isEmpty() && frontier.span() < size) {
            Slot slot = backlog.pollFirst();
            frontier.add(slot);
            if (lanes.enter(slot)) {
                ready.addLast(slot);
            }
        }
    }

    /** The last record of the acknowledged prefix, or null before the first. */
    String acknowledged() {
        return frontier.sequenceNumber();
    }

    boolean isEmpty() {
        return backlog.isEmpty() && frontier.span() == 0;
    }

    int backlog() {
        return backlog.size();
    }

    int ready() {
        return ready.size();
    }

    int inFlight() {
        return inFlight;
    }

    EngineStatus.ShardStatus status(String shardId) {
        return new EngineStatus.ShardStatus(shardId, acknowledged(), frontier.span() + backlog.size(), failing);
    }
}
