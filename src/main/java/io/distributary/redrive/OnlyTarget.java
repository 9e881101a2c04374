package io.distributary.redrive;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.camel.Exchange;
import org.apache.camel.util.URISupport;

/**
 * An exchange property that says which target alone the change goes to, and notes what became of it; {@link OnlyTargetSteps}
 * obeys it. All copies of an exchange share it. Thread-safe.
 */
final class OnlyTarget {
    static final String EXCHANGE_PROPERTY = "DistributaryOnlyTarget";

    /** On an exchange that has passed the target: what follows in its branch has never been done for the change. */
    static final String PASSED = "DistributaryOnlyTargetPassed";

    private final String wanted;
    private final boolean dry;
    private final AtomicBoolean accepted = new AtomicBoolean();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicReference<Throwable> failureElsewhere = new AtomicReference<>();

    /**
     * @param wanted as a dead letter names it; null for every target
     * @param dry    steps that reach out of the process by themselves are left out everywhere
     */
    OnlyTarget(String wanted, boolean dry) {
        this.wanted = wanted;
        this.dry = dry;
    }

    static OnlyTarget of(Exchange exchange) {
        return (OnlyTarget) exchange.getProperty(EXCHANGE_PROPERTY);
    }

    boolean everyTarget() {
        return wanted == null;
    }

    boolean dry() {
        return dry;
    }

    /** @param target what a sink kamelet says of itself, secrets included */
    boolean is(String target) {
        return wanted != null && (wanted.equals(target) || Objects.equals(wanted, URISupport.sanitizeUri(target)));
    }

    void accept() {
        accepted.set(true);
    }

    /** Whether the target has taken the change; with every target wanted, whether one has. */
    boolean accepted() {
        return accepted.get();
    }

    /**
     * The first counts.
     *
     * @param there at the target or behind it; elsewhere it may be in a branch that does not lead there
     */
    void fail(Throwable thrown, boolean there) {
        (there ? failure : failureElsewhere).compareAndSet(null, thrown);
    }

    /** Why the target, or the way there, failed; null where it did not. */
    Throwable failure() {
        return failure.get() != null ? failure.get() : accepted() ? null : failureElsewhere.get();
    }
}
