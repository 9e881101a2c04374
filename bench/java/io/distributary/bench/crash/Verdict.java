package io.distributary.bench.crash;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What arrived, compared with what the stream holds.
 *
 * @param changes     how many the stream holds
 * @param lost        changes that never arrived
 * @param unknown     arrivals of what the stream does not hold
 * @param reordered   arrivals that did not continue their item: within one start of the application each version follows the one
 *                    before it, and no start begins an item behind a version that never arrived
 * @param repeated    arrivals of a change that had arrived before
 * @param worst       the most of them after one kill
 * @param checkpointed arrivals of a change that the checkpoint at the kill before already covered
 * @param overBound   kills after which more was repeated than the window in flight and what had been stored since the last
 *                    checkpoint
 * @param loosest     the greatest of these bounds
 */
record Verdict(int changes, int lost, int unknown, int reordered, int repeated, int worst, int checkpointed, int overBound,
        int loosest) {

    /**
     * @param stream      every change in the stream
     * @param arrivals    every message in JetStream, in its order
     * @param kills       in their order, the n-th ended generation n
     * @param maxInFlight the option's value, for the one shard that is read at a time
     * @param saving      how long the making of a checkpoint may take until its file is written
     */
    static Verdict of(List<Change> stream, List<Arrival> arrivals, List<Kill> kills, int maxInFlight, Duration saving) {
        var changes = stream.stream().collect(Collectors.toMap(Change::eventId, Function.identity()));
        var seen = new HashSet<String>();
        var repeatedIn = new HashMap<Integer, Integer>();
        var unknown = 0;
        var checkpointed = 0;
        for (var arrival : arrivals) {
            var change = changes.get(arrival.eventId());
            if (change == null) {
                unknown++;
                continue;
            }
            if (!seen.add(arrival.eventId())) {
                repeatedIn.merge(arrival.generation(), 1, Integer::sum);
            }
            if (arrival.generation() > 1 && kills.get(arrival.generation() - 2).covers(change)) {
                checkpointed++;
            }
        }
        var overBound = 0;
        var loosest = 0;
        for (var kill : kills) {
            var bound = maxInFlight + (int) arrivals.stream().filter(arrival -> arrival.generation() <= kill.generation()
                    && !arrival.stored().isBefore(kill.saved().minus(saving))).count();
            loosest = Math.max(loosest, bound);
            overBound += repeatedIn.getOrDefault(kill.generation() + 1, 0) > bound ? 1 : 0;
        }
        return new Verdict(changes.size(), changes.size() - seen.size(), unknown, reordered(arrivals),
                repeatedIn.values().stream().mapToInt(n -> n).sum(),
                repeatedIn.values().stream().mapToInt(n -> n).max().orElse(0), checkpointed, overBound, loosest);
    }

    private static int reordered(List<Arrival> arrivals) {
        var last = new HashMap<String, Arrival>();
        Map<String, Integer> highest = new HashMap<>();
        var reordered = 0;
        for (var arrival : arrivals) {
            var before = last.put(arrival.item(), arrival);
            var high = highest.getOrDefault(arrival.item(), 0);
            var follows = before != null && before.generation() == arrival.generation()
                    // the same version again: a publish whose acknowledgement did not come in time
                    ? arrival.version() == before.version() + 1 || arrival.version() == before.version()
                    : arrival.version() <= high + 1;
            reordered += follows ? 0 : 1;
            highest.put(arrival.item(), Math.max(high, arrival.version()));
        }
        return reordered;
    }

    boolean good() {
        return lost == 0 && unknown == 0 && reordered == 0 && checkpointed == 0 && overBound == 0;
    }
}
