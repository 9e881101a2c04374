package io.distributary.coalesce;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a target takes what is sent to it, by its answers: nothing is sent to find out. A refusal of one entry for good is an
 * answer too. The log tells when it is down, once, and when it takes entries again. Thread-safe.
 */
public final class TargetHealth {
    /** A shorter failure is a hiccup: retried and forgotten. */
    static final Duration GRACE = Duration.ofSeconds(5);
    /** Without an attempt for so long nothing is known any more. */
    static final Duration SILENCE = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(TargetHealth.class);

    private final Supplier<Instant> clock;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile Failing failing;
    private volatile String target;

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

    /** How the log names the target; nothing is told before. */
    void tellAs(String name) {
        target = name;
    }

    void answered(Outcome outcome) {
        if (outcome instanceof Outcome.Retryable retryable) {
            Instant now = clock.get();
            Failing before = failing;
            failing = new Failing(before == null || expired(before, now) ? now : before.since(), now, retryable.reason());
            tell(now);
        } else if (failing != null) {
            failing = null;
            if (told.compareAndSet(true, false)) {
                LOG.info("{} accepts entries again", target);
            }
        }
    }

    private void tell(Instant now) {
        String name = target;
        if (name != null && !told.get()) {
            problem(failing, now).filter(problem -> told.compareAndSet(false, true)).ifPresent(problem ->
                    LOG.warn("{}: {}; entries are sent again until their exchanges fail", name, problem));
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
