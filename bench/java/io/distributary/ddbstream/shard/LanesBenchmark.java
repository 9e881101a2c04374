package io.distributary.ddbstream.shard;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Records in flight into their lanes and, in the same order, out of them and over the frontier; one operation is one record. */
@State(Scope.Benchmark)
public class LanesBenchmark {
    private static final int IN_FLIGHT = 256;

    /** How many items they are of. */
    @Param({"256", "16"})
    public int items;

    private final Lanes lanes = new Lanes();
    private final Frontier frontier = new Frontier();
    private final Slot[] slots = new Slot[IN_FLIGHT];

    @Setup
    public void prepare() {
        for (var number = 0; number < IN_FLIGHT; number++) {
            slots[number] = new Slot(null, "ORDER#" + number % items + "|METADATA", Integer.toString(number), 0);
        }
    }

    @Benchmark
    @OperationsPerInvocation(IN_FLIGHT)
    public int lanes() {
        var free = 0;
        for (var slot : slots) {
            free += lanes.enter(slot) ? 1 : 0;
        }
        for (var slot : slots) {
            free += lanes.leave(slot) == null ? 1 : 0;
        }
        return free;
    }

    @Benchmark
    @OperationsPerInvocation(IN_FLIGHT)
    public String frontier() {
        for (var slot : slots) {
            slot.acknowledged = false;
            frontier.add(slot);
        }
        for (var slot : slots) {
            frontier.acknowledge(slot);
        }
        return frontier.sequenceNumber();
    }
}
