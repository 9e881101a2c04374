package io.distributary.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.apache.camel.CamelContext;

/**
 * Where the meters of a context are kept: the one {@link MeterRegistry} of its registry, as {@code camel-micrometer} binds
 * it, or else one that counts nothing. Thread-safe.
 */
public final class Meters {
    private static final MeterRegistry NONE = new CompositeMeterRegistry();

    private Meters() {
    }

    /** Ask when a route starts, not before: the registry may be bound as late as that. */
    public static MeterRegistry of(CamelContext context) {
        MeterRegistry bound = context.getRegistry().findSingleByType(MeterRegistry.class);
        return bound == null ? NONE : bound;
    }

    /** False of what {@link #of} gives where none is bound. */
    public static boolean counts(MeterRegistry registry) {
        return registry != NONE;
    }
}
