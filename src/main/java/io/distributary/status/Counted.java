package io.distributary.status;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.distributary.metrics.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The counts of the meters at one moment, summed over the tags that do not matter here. Immutable. */
final class Counted {
    private final Map<What, Map<Key, Double>> counts = new EnumMap<>(What.class);

    /** What is counted, and the tags by which it is told apart. */
    enum What {
        READ("distributary.source.records", "route", "table"),
        CALLS_FAILED("distributary.source.retries", "route", "table"),
        GAPS("distributary.source.gaps", "route", "table"),
        OUTCOMES("distributary.route.records", "route", "outcome"),
        DEAD_LETTERS("distributary.dead.letters", "route", ""),
        DELIVERED("distributary.target.latency", "component", "target"),
        REQUESTS("distributary.target.request.entries", "component", "target"),
        BYTES("distributary.target.bytes", "component", "target"),
        RETRIES("distributary.target.retries", "component", "target"),
        FAILURES("distributary.target.failures", "component", "target");

        private final String meter;
        private final String first;
        private final String second;

        What(String meter, String first, String second) {
            this.meter = meter;
            this.first = first;
            this.second = second;
        }
    }

    /** The values of the two tags; the second is empty where there is only one. */
    record Key(String first, String second) {
    }

    private Counted() {
    }

    static Counted none() {
        return new Counted();
    }

    /** Looks at each meter once; none where nothing is counted. */
    static Counted of(MeterRegistry registry) {
        if (!Meters.counts(registry)) {
            return none();
        }
        Map<String, What> byMeter = new HashMap<>();
        for (What what : What.values()) {
            byMeter.put(what.meter, what);
        }
        Counted counted = new Counted();
        registry.forEachMeter(meter -> {
            What what = byMeter.get(meter.getId().getName());
            if (what != null) {
                counted.counts.computeIfAbsent(what, any -> new HashMap<>()).merge(key(what, meter), count(meter), Double::sum);
            }
        });
        return counted;
    }

    private static Key key(What what, Meter meter) {
        return new Key(tag(meter, what.first), what.second.isEmpty() ? "" : tag(meter, what.second));
    }

    private static String tag(Meter meter, String name) {
        return Objects.requireNonNullElse(meter.getId().getTag(name), "");
    }

    private static double count(Meter meter) {
        if (meter instanceof Counter counter) {
            return counter.count();
        } else if (meter instanceof Timer timer) {
            return timer.count();
        }
        return meter instanceof DistributionSummary summary ? summary.count() : 0;
    }

    double get(What what, String first, String second) {
        return all(what).getOrDefault(new Key(first, second), 0d);
    }

    Map<Key, Double> all(What what) {
        return counts.getOrDefault(what, Map.of());
    }

    /** Mean in milliseconds over all since the start, and the maximum of the last minutes. */
    static Status.Latency latency(MeterRegistry registry, String component, String target) {
        double total = 0;
        double max = 0;
        long count = 0;
        for (Timer timer : registry.find(What.DELIVERED.meter).tags("component", component, "target", target).timers()) {
            total += timer.totalTime(TimeUnit.MILLISECONDS);
            count += timer.count();
            max = Math.max(max, timer.max(TimeUnit.MILLISECONDS));
        }
        return count == 0 ? new Status.Latency(null, null) : new Status.Latency(rounded(total / count), rounded(max));
    }

    /** To one decimal place. */
    static double rounded(double value) {
        return Math.round(value * 10) / 10d;
    }
}
