package io.distributary.coalesce;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a target takes what is sent to it, by its answers: nothing is sent to find out. A refusal of one entry for good is an
 * answer too. Thread-safe.
 */
public final class TargetHealth {
    /** A shorter failure is a hiccup: retried and forgotten. */
    static final Duration GRACE = Duration.ofSeconds(5);
    /** Without an attempt for so long nothing is known any more. */
    static final Duration SILENCE = Duration.ofMinutes(2);

    private final Supplier<Instant> clock;
    private volatile Failing failing;

    /**
     * Nothing was accepted since.
     *
     * @param since  the first failure
     * @param last   the last one
     * @param reason why, of the last
     */
    public record Failing(Instant since, Instant last, String reason) {
    }

    public TargetHealth() {
        this(Instant::now);
    }

    TargetHealth(Supplier<Instant> clock) {
        this.clock = clock;
    }

    void answered(Outcome outcome) {
        if (outcome instanceof Outcome.Retryable retryable) {
            Instant now = clock.get();
            Failing before = failing;
            failing = new Failing(before == null || expired(before, now) ? now : before.since(), now, retryable.reason());
        } else if (failing != null) {
            failing = null;
        }
    }

    /** Since when it takes nothing, and why; empty where {@link #problem} is. */
    public Optional<Failing> failing() {
        Failing now = failing;
        return problem(now, clock.get()).map(problem -> now);
    }

    /** What keeps the target from being ready, for people; empty while it takes what is sent, or nothing is. */
    public Optional<String> problem() {
        return problem(failing, clock.get());
    }

    static Optional<String> problem(Failing failing, Instant now) {
        if (failing == null || expired(failing, now) || Duration.between(failing.since(), now).compareTo(GRACE) < 0) {
            return Optional.empty();
        }
        return Optional.of("nothing accepted since " + failing.since() + ": " + failing.reason());
    }

    private static boolean expired(Failing failing, Instant now) {
        return Duration.between(failing.last(), now).compareTo(SILENCE) > 0;
    }
}
