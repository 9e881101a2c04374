package io.distributary.ddbstream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.distributary.ddbstream.shard.Heartbeats.Overdue;

/**
 * What of the overdue steps only a restart can mend. A process that was paused, by its system or by a long garbage collection,
 * finds all its steps overdue and takes them at once: so one counts from the second look on, a while after the first.
 *
 * @param suspected steps seen as overdue, and when first, in nanoseconds of the monotonic clock
 */
record Stalls(Map<Overdue, Long> suspected) {
    /** Long enough for every thread to take its step after a pause. */
    static final Duration SECOND_LOOK = Duration.ofSeconds(20);
    static final Stalls NONE = new Stalls(Map.of());

    /** The next look. */
    Stalls look(List<Overdue> overdue, long now) {
        Map<Overdue, Long> next = new HashMap<>();
        overdue.forEach(step -> next.put(step, suspected.getOrDefault(step, now)));
        return new Stalls(Map.copyOf(next));
    }

    /** What is stuck, for people; empty while nothing is. */
    String problem(long now) {
        return suspected.entrySet().stream().filter(step -> now - step.getValue() >= SECOND_LOOK.toNanos()).map(Map.Entry::getKey)
                .map(step -> step.what() + " has not gone on for " + Duration.ofNanos(now - step.since()).toSeconds() + " s")
                .sorted().collect(Collectors.joining("; "));
    }
}
