package io.distributary.backfill;

import java.util.ArrayList;
import java.util.List;

import io.distributary.coalesce.VersionedTarget;
import io.distributary.feed.RouteTarget;

/**
 * The targets of a route, by what becomes of a snapshot that arrives after a change of its item.
 *
 * @param overtaken where it would take the change's place, or come after it, each with the reason
 * @param remarks   on the others
 */
record Targets(List<String> overtaken, List<String> remarks) {
    static Targets of(List<RouteTarget> targets) {
        List<String> overtaken = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (RouteTarget target : targets) {
            if (!(target.endpoint() instanceof VersionedTarget versioned)) {
                overtaken.add(target.name());
                continue;
            }
            VersionedTarget.Versioning versioning = versioned.versioning();
            String named = versioning.remark() == null ? target.name() : target.name() + " (" + versioning.remark() + ")";
            if (!versioning.keepsNewer()) {
                overtaken.add(named);
            } else if (versioning.remark() != null) {
                remarks.add(named);
            }
        }
        if (targets.isEmpty()) {
            overtaken.add("no target is known");
        }
        return new Targets(List.copyOf(overtaken), List.copyOf(remarks));
    }

    /** Snapshots have to arrive before the changes. */
    boolean needOrder() {
        return !overtaken.isEmpty();
    }

    String overtakenNames() {
        return String.join(", ", overtaken);
    }
}
