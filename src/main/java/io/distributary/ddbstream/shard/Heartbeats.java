package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * When each loop of the engines is to take its next step, so that one that never does can be seen. A call that fails and is
 * made again is a step; a target that holds its records, a full window and a suspension are not waited for. Thread-safe, and
 * reading it waits for no one.
 */
public final class Heartbeats {
    private final LongSupplier nanos;
    private final LongSupplier workersFree;
    private final Map<String, Long> loops = new ConcurrentHashMap<>();
    private final Map<String, Long> handingOut = new ConcurrentHashMap<>();

    /**
     * A step that has not been taken.
     *
     * @param what  the step, for people
     * @param since when it was due, in nanoseconds of the monotonic clock
     */
    public record Overdue(String what, long since) {
    }

    /**
     * @param nanos       a monotonic clock
     * @param workersFree since when there is a worker that is free, by that clock; later than now while all are busy
     */
    public Heartbeats(LongSupplier nanos, LongSupplier workersFree) {
        this.nanos = nanos;
        this.workersFree = workersFree;
    }

    /** The loop's next step begins within this time, or the call that it makes now ends. */
    void expect(String what, Duration within) {
        loops.put(what, nanos.getAsLong() + within.toNanos());
    }

    /** Nothing is expected of the loop. */
    void rest(String what) {
        loops.remove(what);
    }

    /** @param waiting whether a shard has records, none of them in flight, that only a free worker is needed for */
    void handOut(String shard, boolean waiting, Duration within) {
        if (waiting) {
            handingOut.computeIfAbsent(shard, name -> nanos.getAsLong() + within.toNanos());
        } else {
            handingOut.remove(shard);
        }
    }

    /** The steps that should have been taken more than {@code bound} ago. */
    public List<Overdue> overdue(Duration bound) {
        long before = nanos.getAsLong() - bound.toNanos();
        long free = workersFree.getAsLong();
        List<Overdue> overdue = new ArrayList<>();
        loops.forEach((what, due) -> {
            if (due - before < 0) {
                overdue.add(new Overdue(what, due));
            }
        });
        handingOut.forEach((shard, due) -> {
            long since = due - free > 0 ? due : free;
            if (since - before < 0) {
                overdue.add(new Overdue(shard + ": handing out records", since));
            }
        });
        return List.copyOf(overdue);
    }
}
