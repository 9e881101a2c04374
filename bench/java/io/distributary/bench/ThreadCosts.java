package io.distributary.bench;

import com.sun.management.ThreadMXBean;
import io.distributary.bench.streams.StreamsEndpoint;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the threads of the application have used so far: those of this JVM without the servers', and without the JVM's own
 * (compiler, garbage collector). A thread's part is lost when it ends, so take this while the application still runs.
 *
 * @param cpuNanos  processor time by thread id
 * @param allocated bytes by thread id
 */
record ThreadCosts(Map<Long, Long> cpuNanos, Map<Long, Long> allocated) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Jetty's, which serve DynamoDB Local's clients, the canned endpoint's, and the proxy's that adds latency. */
    private static final List<String> SERVER_THREADS = List.of("qtp", StreamsEndpoint.THREADS, "FaultProxy-");

    static ThreadCosts now() {
        var ids = Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info -> info != null && SERVER_THREADS.stream().noneMatch(info.getThreadName()::startsWith))
                .mapToLong(info -> info.getThreadId()).toArray();
        return new ThreadCosts(byThread(ids, THREADS.getThreadCpuTime(ids)), byThread(ids, THREADS.getThreadAllocatedBytes(ids)));
    }

    /** How many of the application's threads there were. */
    int threads() {
        return cpuNanos.size();
    }

    /** Since an earlier look, per record. */
    PerRecord since(ThreadCosts before, int records) {
        return new PerRecord(difference(cpuNanos, before.cpuNanos) / 1e3 / records,
                difference(allocated, before.allocated) / 1024.0 / records);
    }

    /** Microseconds of processor time and KiB allocated, per record. */
    record PerRecord(double cpuMicros, double allocatedKib) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f us CPU and %.1f KiB per record", cpuMicros, allocatedKib);
        }
    }

    private static long difference(Map<Long, Long> after, Map<Long, Long> before) {
        return after.entrySet().stream().mapToLong(entry -> entry.getValue() - before.getOrDefault(entry.getKey(), 0L)).sum();
    }

    /** A thread that has just ended answers -1. */
    private static Map<Long, Long> byThread(long[] ids, long[] values) {
        var byThread = new HashMap<Long, Long>();
        for (var i = 0; i < ids.length; i++) {
            if (values[i] >= 0) {
                byThread.put(ids[i], values[i]);
            }
        }
        return byThread;
    }
}
