package io.distributary.redrive;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where a redrive is, or how it ended.
 *
 * @param read     dead letters read from the store
 * @param left     of them, those that the filter leaves out
 * @param outcomes how many of the others had which; one without is under way or was not begun
 * @param withOthers what other readers of the store had, and kept for as long as this waited for it
 * @param elapsed  since the start
 * @param stopped  true where it ended before the store did
 */
public record RedriveSummary(long read, long left, Map<RedriveOutcome, Long> outcomes, long withOthers, Duration elapsed, boolean stopped) {
    public RedriveSummary {
        outcomes = Map.copyOf(outcomes.isEmpty() ? Map.of() : new EnumMap<>(outcomes));
    }

    /** How many had this outcome. */
    public long count(RedriveOutcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** Dead letters that were meant and are in the store still, for a reason of their own; what others have is counted, as it may be meant. */
    public long staying() {
        return withOthers + outcomes.entrySet().stream().filter(each -> each.getKey().stays()).mapToLong(Map.Entry::getValue).sum();
    }
}
