package io.distributary.bench.faults;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a target has, compared with what was written.
 *
 * @param lost         changes that are neither at the target nor among its dead letters
 * @param unknown      arrivals of what was not written
 * @param reordered    changes that arrived for the first time after a later change of their item
 * @param rewound      repeats of a change after a later one of its item: only a start, or another owner of the checkpoints, may
 *                     go back
 * @param repeated     changes that arrived more than once
 * @param unrecognised repeats with another event id, which no reader could tell from a new change
 */
record Verdict(int lost, int unknown, int reordered, int rewound, int repeated, int unrecognised) {

    /**
     * @param written  every change that the target should get
     * @param arrivals in the target's order
     * @param stored   changes that are among its dead letters
     */
    static Verdict of(Collection<Change> written, List<Arrival> arrivals, Set<Change> stored) {
        var missing = new HashSet<>(written);
        Map<Change, String> ids = new HashMap<>();
        Map<String, Integer> newest = new HashMap<>();
        var repeated = new HashSet<Change>();
        var unknown = 0;
        var reordered = 0;
        var rewound = 0;
        var unrecognised = 0;
        var known = Set.copyOf(written);
        for (var arrival : arrivals) {
            var change = arrival.change();
            if (!known.contains(change)) {
                unknown++;
                continue;
            }
            missing.remove(change);
            var before = newest.merge(change.item(), change.place(), Math::max) > change.place();
            var id = ids.putIfAbsent(change, arrival.eventId());
            if (id == null) {
                reordered += before ? 1 : 0;
            } else {
                repeated.add(change);
                rewound += before ? 1 : 0;
                unrecognised += id.equals(arrival.eventId()) ? 0 : 1;
            }
        }
        missing.removeAll(stored);
        return new Verdict(missing.size(), unknown, reordered, rewound, repeated.size(), unrecognised);
    }

    /**
     * An index has no history, only each item's newest state.
     *
     * @param written   every change, those of an item in their order
     * @param documents the number of each document, by item
     * @param stored    changes that are among its dead letters
     */
    static Verdict ofDocuments(Collection<Change> written, Map<String, Integer> documents, Set<Change> stored) {
        Map<String, Change> last = new HashMap<>();
        written.stream().filter(change -> !stored.contains(change)).forEach(change -> last.put(change.item(), change));
        var lost = 0;
        for (var change : last.values()) {
            var document = documents.get(change.item());
            lost += change.removed() ? document == null ? 0 : 1 : document != null && document == change.number() ? 0 : 1;
        }
        var unknown = (int) documents.keySet().stream().filter(item -> !last.containsKey(item)).count();
        return new Verdict(lost, unknown, 0, 0, 0, 0);
    }

    Verdict and(Verdict other) {
        return new Verdict(lost + other.lost, unknown + other.unknown, reordered + other.reordered, rewound + other.rewound,
                Math.max(repeated, other.repeated), unrecognised + other.unrecognised);
    }
}
