package io.distributary.dryrun;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The steps of one exchange and of those that are made of it. Thread-safe. */
final class Trace {
    private record Visit(Object node, String exchangeId) {
    }

    private final List<Step> steps = new ArrayList<>();
    private final Set<Visit> visits = new HashSet<>();
    private final Set<Throwable> failures = Collections.newSetFromMap(new IdentityHashMap<>());

    synchronized void add(Step step) {
        steps.add(step);
    }

    /** True when the exchange is at that node for the first time. */
    synchronized boolean visit(Object node, String exchangeId) {
        return visits.add(new Visit(node, exchangeId));
    }

    synchronized boolean visited(Object node, String exchangeId) {
        return visits.contains(new Visit(node, exchangeId));
    }

    /** A failure passes every node around the one that failed; only the first counts. */
    synchronized void failed(Throwable failure, Step step) {
        if (failures.add(failure)) {
            steps.add(step);
        }
    }

    synchronized List<Step> steps() {
        return List.copyOf(steps);
    }
}
