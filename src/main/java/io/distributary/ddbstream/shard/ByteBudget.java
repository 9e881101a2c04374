package io.distributary.ddbstream.shard;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes read and not yet acknowledged over all shards; exceeded by at most one page per call under way. */
final class ByteBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    ByteBudget(long limit) {
        this.limit = limit;
    }

    boolean hasRoom() {
        return used.get() < limit;
    }

    /** Read and not yet acknowledged. */
    long used() {
        return used.get();
    }

    void take(long bytes) {
        used.addAndGet(bytes);
    }

    /** Runs the waiting when there is room again; call without holding locks. */
    void release(long bytes) {
        long left = used.addAndGet(-bytes);
        if (left < limit && left + bytes >= limit) {
            wake();
        }
    }

    /** Calls {@code whenRoom} when room comes back; whoever waits must look for room once more after this. */
    void await(Runnable whenRoom) {
        waiting.add(whenRoom);
    }

    private void wake() {
        // those who wait now: one that finds no room waits again, and would be met again and again
        for (Runnable whenRoom : waiting.toArray(new Runnable[0])) {
            if (waiting.remove(whenRoom)) {
                whenRoom.run();
            }
        }
    }
}
