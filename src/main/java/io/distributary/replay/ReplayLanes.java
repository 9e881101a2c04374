package io.distributary.replay;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/** Lets one record of an item go at a time, the next when it is done. Not thread-safe. */
final class ReplayLanes {
    /** Of each busy item, what waits behind. */
    private final Map<String, Queue<Unit>> busy = new HashMap<>();

    /** True when it may go now; false when it waits for an earlier one of its item. */
    boolean enter(Unit unit) {
        Queue<Unit> waiting = busy.get(item(unit));
        if (waiting == null) {
            busy.put(item(unit), new ArrayDeque<>());
            return true;
        }
        waiting.add(unit);
        return false;
    }

    /** The next of its item, which may go now, or null. */
    Unit leave(Unit unit) {
        Unit next = busy.get(item(unit)).poll();
        if (next == null) {
            busy.remove(item(unit));
        }
        return next;
    }

    private static String item(Unit unit) {
        var event = unit.records().get(0).event();
        return event.source().tableName() + '|' + event.itemKey();
    }
}
