package io.distributary.ddbstream.shard;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.event.FailedAttempts;

/**
 * The records of one shard between being read and being acknowledged: a backlog, and behind the {@link Frontier} a window
 * of those that may be handed out, each item's through its lane. Not thread-safe.
 */
final class RecordWindow {
    private final int size;
    private final int maxDeliveries;
    private final ArrayDeque<Slot> backlog = new ArrayDeque<>();
    private final ReadyRecords ready;
    private final ArrayDeque<Delivery> retries = new ArrayDeque<>();
    private final Lanes lanes = new Lanes();
    private final Frontier frontier = new Frontier();
    private int positions;
    /** The position of the last record that has been handed out. */
    private int last = -1;
    private boolean closing;
    private int inFlight;
    private int failing;

    /**
     * @param size          how far the last record handed out may be ahead of the frontier
     * @param ready         cuts what may be handed out
     * @param maxDeliveries how many deliveries may be in flight
     */
    RecordWindow(int size, ReadyRecords ready, int maxDeliveries) {
        this.size = size;
        this.ready = ready;
        this.maxDeliveries = maxDeliveries;
    }

    /** Adds records in stream order. */
    void add(List<Slot> page) {
        backlog.addAll(page);
        admit();
    }

    /** The next records to hand out, counted as one delivery in flight; or null. */
    Delivery take() {
        if (inFlight >= maxDeliveries) {
            return null;
        }
        Delivery delivery = closing ? null : retries.pollFirst();
        if (delivery == null) {
            List<Slot> batch = ready.poll();
            if (batch == null) {
                return null;
            }
            last = Math.max(last, batch.get(batch.size() - 1).position);
            delivery = Delivery.first(batch);
        }
        inFlight++;
        return delivery;
    }

    /** The delivery is over; false when it was known to be. */
    boolean finish(Delivery delivery) {
        if (delivery.over) {
            return false;
        }
        delivery.over = true;
        inFlight--;
        return true;
    }

    /** Every target has the records: moves the frontier, frees the lanes, and lets others into the window. */
    void acknowledge(List<Slot> slots) {
        boolean waited = false;
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            failing -= slot.failed != null ? 1 : 0;
            frontier.acknowledge(slot);
            Slot next = lanes.leave(slot);
            if (next != null) {
                ready.add(next);
                waited = true;
            }
        }
        admit();
        if (waited) {
            ready.release(); // or a busy item would wait for a batch to fill once for each of its records
        }
    }

    /** The record keeps its lane until it is handed out again. */
    void fail(Slot slot, boolean counts, Instant time, Throwable reason) {
        failing += slot.failed == null ? 1 : 0;
        slot.failed = FailedAttempts.after(slot.failed, counts, time);
        slot.failure = reason;
    }

    void retry(Delivery delivery) {
        retries.addLast(delivery);
    }

    /** Lets go what waits for a batch to fill. */
    void release() {
        ready.release();
    }

    /**
     * Hands out nothing behind the last record handed out. Those before it that wait for their item's turn still go, or what has
     * been acknowledged behind them would come again from the checkpoint; what has failed does not.
     *
     * @param finishing false to hand out nothing at all
     */
    void close(boolean finishing) {
        closing = true;
        ready.limit(finishing ? last : -1);
    }

    /** Ends a {@link #close}. */
    void reopen() {
        closing = false;
        ready.unlimited();
    }

    /** Hands out nothing more. */
    void clear() {
        backlog.clear();
        ready.clear();
        retries.clear();
    }

    private void admit() {
        while (!backlog.isEmpty() && frontier.span() < size) {
            Slot slot = backlog.pollFirst();
            slot.position = positions++;
            frontier.add(slot);
            if (lanes.enter(slot)) {
                ready.add(slot);
            }
        }
    }

    /** Behind the last record of the acknowledged prefix, or null before the first. */
    Checkpoint checkpoint() {
        return frontier.checkpoint();
    }

    /** The last record of the acknowledged prefix, or null before the first. */
    String acknowledged() {
        return frontier.sequenceNumber();
    }

    /** Creation time of the oldest record that is not acknowledged; null where there is none, or it does not say. */
    Instant oldest() {
        Slot oldest = frontier.oldest() != null ? frontier.oldest() : backlog.peekFirst();
        return oldest == null || oldest.event == null ? null : oldest.event.approximateCreationDateTime();
    }

    boolean isEmpty() {
        return backlog.isEmpty() && frontier.span() == 0;
    }

    int backlog() {
        return backlog.size();
    }

    /** True while none of its records is in flight, though some may be handed out now or when they are due to be tried again. */
    boolean waiting() {
        return !closing && inFlight == 0 && !isEmpty();
    }

    /** How many deliveries may begin now. */
    int deliverable() {
        if (inFlight == 0 && frontier.span() >= size) {
            ready.release(); // nothing comes any more until some of it goes
        }
        return Math.min((closing ? 0 : retries.size()) + ready.batches(), maxDeliveries - inFlight);
    }

    /** True when records wait for a batch to fill. */
    boolean filling() {
        return ready.incomplete();
    }

    /** Deliveries handed out and not yet over; while closing, above 0 also where records are still to be handed out. */
    int inFlight() {
        return inFlight + (closing && !ready.isEmpty() ? 1 : 0);
    }

    /** For people. */
    EngineSnapshot.Window view() {
        Slot oldest = failing == 0 ? null : frontier.first(slot -> !slot.acknowledged && slot.failed != null);
        return new EngineSnapshot.Window(frontier.unacknowledged() + backlog.size(), frontier.span(), size, failing,
                oldest == null ? null : view(oldest));
    }

    private static EngineSnapshot.FailingRecord view(Slot slot) {
        return new EngineSnapshot.FailingRecord(slot.event.eventId(), slot.event.eventNameText(), slot.event.itemKey(),
                slot.sequenceNumber, slot.failed.count(), slot.failed.first(), slot.failed.last(), StreamErrors.reason(slot.failure));
    }

    EngineStatus.ShardStatus status(String shardId) {
        return new EngineStatus.ShardStatus(shardId, acknowledged(), frontier.span() + backlog.size(), failing);
    }
}
