package io.distributary.sandbox.demo;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What has arrived at one target, by event id. Safe for use by several threads. */
final class Arrivals {
    private final String target;
    private final Map<String, String> payloads = new ConcurrentHashMap<>();
    private final AtomicLong duplicates = new AtomicLong();
    private volatile String sample = "";
    private volatile Consumer<String> listener = line -> { };

    Arrivals(String target) {
        this.target = target;
    }

    void arrived(String eventId, String payload) {
        if (payloads.put(eventId, payload) != null) {
            duplicates.incrementAndGet();
        }
        sample = payload;
        listener.accept(payload);
    }

    /** Every payload that arrives from now on goes to the listener too, on the thread that took it. */
    void announce(Consumer<String> to) {
        listener = to;
    }

    String target() {
        return target;
    }

    int count() {
        return payloads.size();
    }

    long duplicates() {
        return duplicates.get();
    }

    /** The newest payload, or an empty text. */
    String sample() {
        return sample;
    }

    /** Expected ids that have not arrived, sorted. */
    Set<String> missing(Set<String> expected) {
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(payloads.keySet());
        return missing;
    }

    /** Ids that arrived though nobody expected them, sorted. */
    Set<String> surplus(Set<String> expected) {
        Set<String> surplus = new TreeSet<>(payloads.keySet());
        surplus.removeAll(expected);
        return surplus;
    }
}
