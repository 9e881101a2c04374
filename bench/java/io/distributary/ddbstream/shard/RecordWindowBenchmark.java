package io.distributary.ddbstream.shard;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A page of records through lanes, window and frontier, acknowledged in the order of hand-out; one operation is one record. */
@State(Scope.Benchmark)
public class RecordWindowBenchmark {
    private static final int PAGE = 1000;
    private static final int WINDOW = 256;

    /** How many items the page's records are of. */
    @Param({"1000", "100", "1"})
    public int items;

    private final List<String> keys = keys();

    private static List<String> keys() {
        var keys = new ArrayList<String>();
        for (var number = 0; number < PAGE; number++) {
            keys.add("ORDER#" + number + "|METADATA");
        }
        return keys;
    }

    @Benchmark
    @OperationsPerInvocation(PAGE)
    public String page() {
        var window = new RecordWindow(WINDOW, new ReadyRecords(1, false), Integer.MAX_VALUE);
        window.add(slots());
        for (var delivery = window.take(); delivery != null; delivery = window.take()) {
            window.finish(delivery);
            window.acknowledge(delivery.slots);
        }
        return window.acknowledged();
    }

    /** All that fits is handed out before the first acknowledgement, and those come last record first. */
    @Benchmark
    @OperationsPerInvocation(PAGE)
    public String pageAcknowledgedBackwards() {
        var window = new RecordWindow(WINDOW, new ReadyRecords(1, false), Integer.MAX_VALUE);
        window.add(slots());
        var flying = new ArrayList<Delivery>(WINDOW);
        while (!window.isEmpty()) {
            for (var delivery = window.take(); delivery != null; delivery = window.take()) {
                flying.add(delivery);
            }
            for (var last = flying.size() - 1; last >= 0; last--) {
                var delivery = flying.remove(last);
                window.finish(delivery);
                window.acknowledge(delivery.slots);
            }
        }
        return window.acknowledged();
    }

    private List<Slot> slots() {
        var slots = new ArrayList<Slot>(PAGE);
        for (var number = 0; number < PAGE; number++) {
            var key = keys.get(number % items);
            slots.add(new Slot(null, key, key, PAGE));
        }
        return slots;
    }
}
