package io.distributary.ddbstream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.distributary.ddbstream.shard.EngineListener;
import io.distributary.ddbstream.shard.EngineStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** The meters of one table's source, {@code distributary.source.*}, tagged with the table and the application name. */
final class SourceMeters implements EngineListener {
    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();
    private final Counter records;
    private final Counter pages;
    private final Counter retries;
    private final Counter gaps;

    SourceMeters(MeterRegistry registry, String table, String applicationName) {
        this.registry = registry;
        this.tags = Tags.of("table", table, "application", applicationName);
        records = counter("records", "Records read from the stream");
        pages = counter("pages", "Answers to GetRecords, empty ones too");
        retries = counter("retries", "Calls of the DynamoDB Streams API that failed and are made again");
        gaps = counter("gaps", "Losses of unread records, which DynamoDB keeps for 24 hours");
    }

    private Counter counter(String what, String description) {
        Counter counter = Counter.builder("distributary.source." + what).description(description).tags(tags).register(registry);
        meters.add(counter);
        return counter;
    }

    /** Shows how many records failed at their last delivery, for as long as the source runs. */
    void showFailing(Supplier<EngineStatus> status) {
        meters.add(Gauge.builder("distributary.source.failing", () -> failing(status.get()))
                .description("Records whose last delivery failed").tags(tags).register(registry));
    }

    private static int failing(EngineStatus status) {
        return status.shards().stream().mapToInt(EngineStatus.ShardStatus::failing).sum();
    }

    /** Takes the meters away: those of a source that is stopped would show its last state for ever. */
    void close() {
        meters.forEach(registry::remove);
    }

    @Override
    public void page(int read) {
        pages.increment();
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
}
