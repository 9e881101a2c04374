package io.distributary.ddbstream;

import java.util.ArrayList;
import java.util.List;

import io.distributary.event.BatchItemFailuresException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** What became of the records that a route was given: {@code distributary.route.records} by {@code outcome}. Thread-safe. */
final class RouteMeters {
    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Counter> counters = new ArrayList<>();
    private final Counter delivered;
    private final Counter filtered;
    private final Counter failed;
    private final Counter givenUp;

    RouteMeters(MeterRegistry registry, String route) {
        this.registry = registry;
        this.tags = Tags.of("route", route);
        delivered = counter("delivered");
        filtered = counter("filtered");
        failed = counter("failed");
        givenUp = counter("given_up");
    }

    private Counter counter(String outcome) {
        Counter counter = Counter.builder("distributary.route.records")
                .description("Records handed to the route, by what became of them").tags(tags).tag("outcome", outcome).register(registry);
        counters.add(counter);
        return counter;
    }

    /**
     * @param failure of all of them, or as {@link BatchItemFailuresException} of some; null when the route is done with all
     * @param stopped true where a step has stopped the route, as filters do, or all of its filter blocks have passed over the record
     */
    void count(int records, Throwable failure, boolean stopped) {
        BatchItemFailuresException some = BatchItemFailuresException.find(failure);
        int failures = failure == null ? 0 : some == null ? records : Math.min(records, some.failures().size());
        if (failures > 0) {
            failed.increment(failures);
        }
        if (failures < records) {
            (stopped ? filtered : delivered).increment(records - failures);
        }
    }

    /** The source's own dead letter endpoint has it. */
    void givenUp() {
        givenUp.increment();
    }

    /** Takes the meters away. */
    void close() {
        counters.forEach(registry::remove);
    }
}
