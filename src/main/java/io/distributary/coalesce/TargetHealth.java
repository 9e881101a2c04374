package io.distributary.coalesce;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a target takes what is sent to it, by its answers: nothing is sent to find out. A refusal of one entry for good is an
 * answer too. The log tells when it is down, once, as soon as anybody asks or tries, and when it takes entries again. Thread-safe.
 */
public final class TargetHealth {
    /** A shorter failure is a hiccup: retried and forgotten. */
    static final Duration GRACE = Duration.ofSeconds(5);
    /** Without an attempt for so long nothing is known any more. */
    static final Duration SILENCE = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(TargetHealth.class);

    private final Supplier<Instant> clock;
    private boolean told;
    private volatile Failing failing;
    private String target;

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
    synchronized void tellAs(String name) {
        target = name;
    }

    void answered(Outcome outcome) {
        if (outcome instanceof Outcome.Retryable retryable) {
            failed(retryable.reason());
        } else if (failing != null) {
            accepted();
        }
    }

    private synchronized void failed(String reason) {
        Instant now = clock.get();
        Failing before = failing;
        failing = new Failing(before == null || expired(before, now) ? now : before.since(), now, reason);
        problemNow();
    }

    private synchronized void accepted() {
        failing = null;
        if (told) {
            told = false;
            LOG.info("{} accepts entries again", target);
        }
    }

    /** Tells the log too, since the next try may be seconds away. */
    private synchronized Optional<String> problemNow() {
        Optional<String> problem = problem(failing, clock.get());
        if (target != null && !told && problem.isPresent()) {
            told = true;
            LOG.warn("{}: {}; entries are sent again until their exchanges fail", target, problem.get());
        }
        return problem;
    }

    /** Since when it takes nothing, and why; empty where {@link #problem} is. */
    public synchronized Optional<Failing> failing() {
        return problemNow().map(problem -> failing);
    }

    /** What keeps the target from being ready, for people; empty while it takes what is sent, or nothing is. */
    public Optional<String> problem() {
        return problemNow();
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
