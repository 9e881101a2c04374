package io.distributary.coalesce;

import java.util.Map;
import java.util.Optional;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready while a target takes what one producer sends to it. */
public final class TargetHealthCheck extends AbstractHealthCheck implements AutoCloseable {
    private final HealthCheckRegistry registry;
    private final String target;
    private final Endpoint endpoint;
    private final TargetHealth health;

    private TargetHealthCheck(HealthCheckRegistry registry, String id, String target, Endpoint endpoint, TargetHealth health) {
        super("distributary", id);
        this.registry = registry;
        this.target = target;
        this.endpoint = endpoint;
        this.health = health;
    }

    /** Registers it; null where the context has no health checks. Two producers may have one target. */
    static TargetHealthCheck register(Endpoint endpoint, String target, TargetHealth health) {
        CamelContext context = endpoint.getCamelContext();
        HealthCheckRegistry registry = HealthCheckHelper.getHealthCheckRegistry(context);
        if (registry == null) {
            return null;
        }
        synchronized (TargetHealthCheck.class) {
            String id = "target:" + target;
            for (int n = 2; registry.getCheck(id).isPresent(); n++) {
                id = "target:" + target + "#" + n;
            }
            TargetHealthCheck check = new TargetHealthCheck(registry, id, target, endpoint, health);
            check.setCamelContext(context);
            registry.register(check);
            return check;
        }
    }

    /** The target as its meters name it, {@code aws2-sqs:orders}. */
    public String target() {
        return target;
    }

    /** Of the producer that sends to it. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** What its answers show. */
    public TargetHealth health() {
        return health;
    }

    /** Restarting the process would mend nothing that this check sees. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Optional<String> problem = health.problem();
        if (problem.isPresent()) {
            builder.message(target + ": " + problem.get()).down();
        } else {
            builder.up();
        }
    }

    @Override
    public void close() {
        registry.unregister(this);
    }
}
