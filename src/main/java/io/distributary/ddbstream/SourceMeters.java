package io.distributary.ddbstream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.distributary.ddbstream.shard.Engine;
import io.distributary.ddbstream.shard.EngineListener;
import io.distributary.ddbstream.shard.EngineStatus.ShardStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** The meters of one table's source, {@code distributary.source.*}, tagged with table, application name and route. */
final class SourceMeters implements EngineListener {
    private static final String PREFIX = "distributary.source.";
    private static final String MILLISECONDS = "milliseconds";

    private final MeterRegistry registry;
    private final String table;
    private final Tags tags;
    private final Supplier<Instant> clock;
    private final List<Meter> meters = new CopyOnWriteArrayList<>();
    private final Map<String, Supplier<Instant>> shards = new ConcurrentHashMap<>();
    private final Map<String, Meter> shardMeters = new ConcurrentHashMap<>();
    private final Counter records;
    private final DistributionSummary pages;
    private final Counter retries;
    private final Counter gaps;
    private volatile Instant checkpointed;

    /** @param route its id: two routes may read one table under one application name */
    SourceMeters(MeterRegistry registry, String table, String applicationName, String route, Supplier<Instant> clock) {
        this.registry = registry;
        this.table = table;
        this.tags = Tags.of("table", table, "application", applicationName, "route", route);
        this.clock = clock;
        records = counter("records", "Records read from the stream");
        pages = DistributionSummary.builder(PREFIX + "page.records").description("Answers to GetRecords, empty ones too, and the records in each")
                .tags(tags).register(registry);
        meters.add(pages);
        retries = counter("retries", "Calls of the DynamoDB Streams API that failed and are made again");
        gaps = counter("gaps", "Losses of unread records, which DynamoDB keeps for 24 hours");
    }

    private Counter counter(String what, String description) {
        Counter counter = Counter.builder(PREFIX + what).description(description).tags(tags).register(registry);
        meters.add(counter);
        return counter;
    }

    /** Shows what the engine is doing, for as long as the source runs. */
    void show(Engine engine) {
        gauge("failing", "Records whose last delivery failed", null, () -> sum(engine, ShardStatus::failing));
        gauge("unfinished", "Records read and not yet acknowledged", null, () -> sum(engine, ShardStatus::unfinished));
        gauge("in.flight", "Exchanges in flight", null, engine::inFlight);
        gauge("shards", "Shards being read", null, shards::size);
        gauge("lag", "How far behind now the shard is that is furthest behind", MILLISECONDS, this::lag);
        gauge("checkpoint.age", "Since the checkpoint store last had everything that was acknowledged", MILLISECONDS,
                () -> since(checkpointed));
    }

    private void gauge(String what, String description, String unit, Supplier<Number> value) {
        meters.add(Gauge.builder(PREFIX + what, value).description(description).baseUnit(unit).tags(tags).register(registry));
    }

    String table() {
        return table;
    }

    /** When the store last had everything; null before. */
    Instant lastCheckpointed() {
        return checkpointed;
    }

    private static double sum(Engine engine, ToDoubleFunction<ShardStatus> what) {
        return engine.status().shards().stream().mapToDouble(what).sum();
    }

    private double lag() {
        return shards.values().stream().map(Supplier::get).filter(Objects::nonNull).min(Instant::compareTo)
                .map(this::since).orElse(Double.NaN);
    }

    /** Milliseconds, at least 0; NaN where it is not known. */
    private double since(Instant time) {
        return time == null ? Double.NaN : Math.max(0, Duration.between(time, clock.get()).toMillis());
    }

    /** Takes the meters away: those of a source that is stopped would show its last state for ever. */
    void close() {
        meters.forEach(registry::remove);
        shardMeters.values().forEach(registry::remove);
    }

    @Override
    public void page(int read) {
        pages.record(read);
        records.increment(read);
    }

    @Override
    public void callFailed() {
        retries.increment();
    }

    @Override
    public void gap(String shardId) {
        gaps.increment();
    }

    @Override
    public void reading(String shardId, Supplier<Instant> deliveredUpTo) {
        shards.put(shardId, deliveredUpTo);
        shardMeters.put(shardId, Gauge.builder(PREFIX + "shard.lag", () -> since(deliveredUpTo.get()))
                .description("How far behind now the shard is: all that is older is acknowledged").baseUnit(MILLISECONDS)
                .tags(tags).tag("shard", shardId).register(registry));
    }

    @Override
    public void finished(String shardId) {
        shards.remove(shardId);
        Meter meter = shardMeters.remove(shardId);
        if (meter != null) {
            registry.remove(meter);
        }
    }

    @Override
    public void checkpointed() {
        checkpointed = clock.get();
    }
}
