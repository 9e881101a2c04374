package io.distributary.ops;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Alive while no threads wait for each other in a circle, which only a restart ends. */
public final class DeadlockCheck extends AbstractHealthCheck {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    public DeadlockCheck() {
        super("distributary", "threads");
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
        long[] deadlocked = threads.findDeadlockedThreads();
        if (deadlocked == null) {
            builder.up();
        } else {
            builder.message("Threads wait for each other for ever: " + Arrays.stream(threads.getThreadInfo(deadlocked))
                    .filter(Objects::nonNull).map(ThreadInfo::getThreadName).sorted().collect(Collectors.joining(", "))).down();
        }
    }
}
