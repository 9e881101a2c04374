package io.distributary.ddbstream;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

import io.distributary.ddbstream.shard.Heartbeats;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Alive while each loop of the source goes on by itself. A target, a table or a checkpoint store that does not answer is tried
 * again, which is going on; a record that its route holds is waited for.
 */
final class ProgressCheck extends AbstractHealthCheck {
    /** Steps that wait for others' threads on a busy machine are late, too. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Heartbeats heartbeats;
    private final Duration bound;
    private final LongSupplier nanos;
    private Stalls stalls = Stalls.NONE;

    /** @param bound how late a step may be; longer than any call takes with its time-outs and tries */
    ProgressCheck(String id, Heartbeats heartbeats, Duration bound, LongSupplier nanos) {
        super("distributary", id);
        this.heartbeats = heartbeats;
        this.bound = bound;
        this.nanos = nanos;
    }

    /**
     * Registers it as {@code progress:ROUTE}; null where the context has no health checks.
     *
     * @param longestCall how long a call may take
     */
    static ProgressCheck register(CamelContext context, String route, Heartbeats heartbeats, Duration longestCall) {
        HealthCheckRegistry registry = HealthCheckHelper.getHealthCheckRegistry(context);
        if (registry == null) {
            return null;
        }
        ProgressCheck check = new ProgressCheck("progress:" + route, heartbeats, longestCall.multipliedBy(2).plus(PATIENCE), System::nanoTime);
        check.setCamelContext(context);
        registry.register(check);
        return check;
    }

    /** @param check may be null */
    static void unregister(CamelContext context, ProgressCheck check) {
        if (check != null) {
            HealthCheckHelper.getHealthCheckRegistry(context).unregister(check);
        }
    }

    @Override
    public boolean isLiveness() {
        return true;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String problem = look();
        if (problem.isEmpty()) {
            builder.up();
        } else {
            builder.message(problem).down();
        }
    }

    Heartbeats heartbeats() {
        return heartbeats;
    }

    private synchronized String look() {
        long now = nanos.getAsLong();
        stalls = stalls.look(heartbeats.overdue(bound), now);
        return stalls.problem(now);
    }
}
