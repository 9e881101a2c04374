package io.distributary.coalesce;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/** What is counted per target, and what its answers show. Thread-safe. */
public final class TargetMeters {
    private final DistributionSummary entries;
    private final Counter bytes;
    private final Counter retries;
    private final Counter failures;
    private final Timer latency;
    private final TargetHealth health;
    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<String, Records> records = new ConcurrentHashMap<>();

    /** Of one route. */
    private record Records(Counter delivered, Counter failed) {
    }

    /**
     * @param scheme the component's, as {@code aws2-sqs}
     * @param target the queue, topic, subject or index
     */
    public TargetMeters(MeterRegistry registry, String scheme, String target) {
        this(registry, scheme, target, new TargetHealth());
    }

    /** As above for one of a producer's several targets, which share its health. */
    public TargetMeters(MeterRegistry registry, String scheme, String target, TargetHealth health) {
        this.health = health;
        this.registry = registry;
        this.tags = Tags.of("component", scheme, "target", target);
        entries = DistributionSummary.builder("distributary.target.request.entries")
                .description("Requests to the target and the entries in each").tags(tags).register(registry);
        bytes = Counter.builder("distributary.target.bytes").baseUnit("bytes")
                .description("Bytes sent, as the target's limit counts them, retries included").tags(tags).register(registry);
        retries = Counter.builder("distributary.target.retries")
                .description("Entries that the target did not accept and that are sent again").tags(tags).register(registry);
        failures = Counter.builder("distributary.target.failures")
                .description("Entries given back to the route as failed").tags(tags).register(registry);
        latency = Timer.builder("distributary.target.latency")
                .description("From an entry's first sending to its acceptance").tags(tags).register(registry);
    }

    void sent(int entriesOfRequest, long bytesOfRequest) {
        entries.record(entriesOfRequest);
        bytes.increment(bytesOfRequest);
    }

    /** What the target said about an entry. */
    void answered(Outcome outcome) {
        health.answered(outcome);
    }

    /** What the answers show of the target. */
    TargetHealth health() {
        return health;
    }

    /** A record of the route is done with, as the target has it or as it is given back. */
    void ended(String route, boolean delivered) {
        Records of = records.computeIfAbsent(route, id -> new Records(records(id, "delivered"), records(id, "failed")));
        (delivered ? of.delivered() : of.failed()).increment();
    }

    private Counter records(String route, String outcome) {
        return Counter.builder("distributary.target.records").description("Records by the route that sent them and what became of them")
                .tags(tags).tag("route", route).tag("outcome", outcome).register(registry);
    }

    void retried() {
        retries.increment();
    }

    /** An entry is given back to the route as failed, sent or not. */
    public void failed() {
        failures.increment();
    }

    void accepted(long nanos) {
        latency.record(Duration.ofNanos(nanos));
    }
}
