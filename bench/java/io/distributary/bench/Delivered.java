package io.distributary.bench;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;

/**
 * What arrived, compared with what was written.
 *
 * @param missing   changes that never arrived
 * @param repeated  arrivals of a change that had arrived before
 * @param overtaken items of which a change arrived, for the first time, after a later change
 */
record Delivered(int missing, int repeated, int overtaken) {
    /**
     * @param items    how many items were written, each in versions 1 to {@code versions}
     * @param arrivals in the target's order
     */
    static Delivered compare(int items, int versions, List<Arrival> arrivals) {
        var seen = new HashMap<String, TreeSet<Integer>>();
        var overtaken = new HashSet<String>();
        var repeated = 0;
        for (var arrival : arrivals) {
            var before = seen.computeIfAbsent(arrival.item(), item -> new TreeSet<>());
            var late = !before.isEmpty() && before.last() > arrival.version();
            if (!before.add(arrival.version())) {
                repeated++;
            } else if (late) {
                overtaken.add(arrival.item());
            }
        }
        var distinct = seen.values().stream().mapToInt(TreeSet::size).sum();
        return new Delivered(items * versions - distinct, repeated, overtaken.size());
    }

    /** @throws WrongResultException unless each change arrived once and each item's in order */
    void require(String contender) {
        if (missing != 0 || repeated != 0 || overtaken != 0) {
            throw new WrongResultException(contender + ": of the changes written " + missing + " are missing, " + repeated
                    + " arrived again, and the changes of " + overtaken + " items are out of order. Nothing is measured.");
        }
    }
}
