package io.distributary.replay;

import java.util.HashMap;
import java.util.Map;

/** How many records from the first on are done without a gap: what a later replay can skip. Not thread-safe. */
final class Frontier {
    private final Map<Long, Integer> doneAhead = new HashMap<>();
    private long reached;

    /** @param reached what was skipped */
    Frontier(long reached) {
        this.reached = reached;
    }

    void done(Unit unit) {
        doneAhead.put(unit.number(), unit.records().size());
        for (Integer size = doneAhead.remove(reached); size != null; size = doneAhead.remove(reached)) {
            reached += size;
        }
    }

    long reached() {
        return reached;
    }
}
