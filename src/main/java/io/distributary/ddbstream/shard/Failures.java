package io.distributary.ddbstream.shard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.distributary.event.BatchItemFailuresException;

/**
 * What the failure of a delivery means for each of its records.
 *
 * @param delivered those that every target has
 * @param failed    the others, in stream order, each with its reason
 * @param single    whether the failure is known to be that of each record, not of the batch
 * @param reason    for people
 */
record Failures(List<Slot> delivered, Map<Slot, Throwable> failed, boolean single, String reason) {

    /** A report that names a record which is not in the batch cannot be trusted: all of it has failed, as for Lambda. */
    static Failures of(Delivery delivery, Throwable failure) {
        BatchItemFailuresException report = delivery.alone() ? null : BatchItemFailuresException.find(failure);
        if (report == null) {
            return all(delivery, failure, delivery.alone(), StreamErrors.reason(failure));
        }
        Map<String, Slot> byId = new HashMap<>();
        for (Slot slot : delivery.slots) {
            byId.put(slot.event.eventId(), slot);
            byId.put(slot.sequenceNumber, slot);
        }
        Map<Slot, Throwable> named = new HashMap<>();
        for (Map.Entry<String, Throwable> each : report.failures().entrySet()) {
            Slot slot = byId.get(each.getKey());
            if (slot == null) {
                return all(delivery, failure, false,
                        "the report of the records that failed names " + each.getKey() + ", which is not in the batch");
            }
            named.put(slot, each.getValue() == null ? failure : each.getValue());
        }
        List<Slot> delivered = new ArrayList<>();
        Map<Slot, Throwable> failed = new LinkedHashMap<>();
        for (Slot slot : delivery.slots) {
            if (named.containsKey(slot)) {
                failed.put(slot, named.get(slot));
            } else {
                delivered.add(slot);
            }
        }
        return new Failures(delivered, failed, true, StreamErrors.reason(failed.values().iterator().next()));
    }

    private static Failures all(Delivery delivery, Throwable failure, boolean single, String reason) {
        Map<Slot, Throwable> failed = new LinkedHashMap<>();
        delivery.slots.forEach(slot -> failed.put(slot, failure));
        return new Failures(List.of(), failed, single, reason);
    }

    /**
     * What is delivered next, once the failures have been counted. Each is smaller than the delivery that failed until one
     * record stands alone.
     */
    List<Delivery> next(Delivery delivery, RetryLimits limits, Instant now) {
        if (delivery.exhausted != null) {
            return List.of(delivery.again(delivery.slots));
        }
        List<Delivery> next = new ArrayList<>();
        List<Slot> again = new ArrayList<>();
        failed.forEach((slot, reason) -> {
            if (single && limits.exhausted(slot.event, slot.failed, now)) {
                next.add(Delivery.toDeadLetters(slot, reason));
            } else {
                again.add(slot);
            }
        });
        if (again.size() == delivery.slots.size() && !delivery.alone()) {
            next.addAll(delivery.halves());
        } else if (!again.isEmpty()) {
            next.add(delivery.again(again));
        }
        return next;
    }

    /** True when none of the records had failed before in a way that was said. */
    boolean news() {
        Set<Slot> slots = failed.keySet();
        return single ? slots.stream().allMatch(slot -> slot.failed == null || slot.failed.count() == 0)
                : slots.stream().allMatch(slot -> slot.failed == null);
    }
}
