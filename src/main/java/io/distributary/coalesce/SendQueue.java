package io.distributary.coalesce;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of a target that are not completed yet: what may go, what waits for an earlier one of its lane, and when a
 * request is worth sending. Not thread-safe.
 */
final class SendQueue<M> {
    /** {@link #waitNanos}: nothing to wait for but another event. */
    static final long NOTHING = Long.MAX_VALUE;

    private final Limits limits;
    private final ArrayDeque<Entry<M>> ready = new ArrayDeque<>();
    /** The last entry of each busy lane. */
    private final Map<String, Entry<M>> lanes = new HashMap<>();
    private long readyBytes;
    private int requests;

    SendQueue(Limits limits) {
        this.limits = limits;
    }

    void add(Entry<M> entry, long now) {
        Entry<M> ahead = entry.lane() == null ? null : lanes.put(entry.lane(), entry);
        if (ahead != null) {
            ahead.follower = entry;
        } else {
            queue(entry, now);
        }
    }

    /** An entry whose time to be sent again has come: it waits for no others, and its lane is still its own. */
    void again(Entry<M> entry) {
        readyBytes += entry.bytes();
        ready.addFirst(entry);
    }

    /** The entry is completed: the next of its lane may go. */
    void leave(Entry<M> entry, long now) {
        if (entry.lane() == null) {
            return;
        }
        Entry<M> next = entry.follower;
        entry.follower = null;
        if (next == null) {
            lanes.remove(entry.lane());
        } else {
            queue(next, now);
        }
    }

    /** How long to wait before {@link #take}, 0 for not at all, {@link #NOTHING} until something else happens. */
    long waitNanos(long now) {
        if (ready.isEmpty() || requests >= limits.requests()) {
            return NOTHING;
        }
        if (requests == 0 || ready.size() >= limits.entriesPerRequest() || readyBytes >= limits.bytesPerRequest()) {
            return 0;
        }
        return Math.max(0, ready.peekFirst().queuedAt + limits.linger().toNanos() - now);
    }

    /** The entries of the next request, which is then in flight until {@link #answered}. */
    List<Entry<M>> take() {
        List<Entry<M>> batch = new ArrayList<>(Math.min(ready.size(), limits.entriesPerRequest()));
        long bytes = 0;
        while (!ready.isEmpty() && batch.size() < limits.entriesPerRequest()
                && (batch.isEmpty() || bytes + ready.peekFirst().bytes() <= limits.bytesPerRequest())) {
            Entry<M> entry = ready.pollFirst();
            bytes += entry.bytes();
            batch.add(entry);
        }
        readyBytes -= bytes;
        requests++;
        return batch;
    }

    void answered() {
        requests--;
    }

    /** Everything that was not sent, those behind others of their lane included; their lanes are forgotten. */
    List<Entry<M>> drain() {
        List<Entry<M>> all = new ArrayList<>();
        for (Entry<M> head : ready) {
            for (Entry<M> entry = head; entry != null; entry = entry.follower) {
                all.add(entry);
            }
        }
        ready.clear();
        readyBytes = 0;
        return all;
    }

    private void queue(Entry<M> entry, long now) {
        entry.queuedAt = now;
        readyBytes += entry.bytes();
        ready.addLast(entry);
    }
}
