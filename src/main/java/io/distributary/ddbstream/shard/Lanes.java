package io.distributary.ddbstream.shard;

import java.util.HashMap;
import java.util.Map;

/** Lets one record of each item go at a time, the others of that item after it, in order. Not thread-safe. */
final class Lanes {
    /** The last record of each busy item. */
    private final Map<String, Slot> last = new HashMap<>();

    /** True when the record may go now; false when it has been queued behind an earlier one of its item. */
    boolean enter(Slot slot) {
        Slot ahead = last.put(slot.laneKey, slot);
        if (ahead == null) {
            return true;
        }
        ahead.follower = slot;
        return false;
    }

    /** Frees the lane of a finished record; returns the next one of its item, which may go now, or null. */
    Slot leave(Slot slot) {
        Slot next = slot.follower;
        slot.follower = null;
        if (next == null) {
            last.remove(slot.laneKey);
        }
        return next;
    }
}
