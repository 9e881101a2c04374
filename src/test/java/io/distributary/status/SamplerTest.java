package io.distributary.status;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.distributary.status.Counted.What;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SamplerTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Sampler sampler = new Sampler();
    private long seconds;

    @Test
    void aRateIsWhatWasCountedInTheLastInterval() {
        Counter read = read("orders");
        read.increment(1_000);
        sample(0);
        assertEquals(0, rate("orders"), "nothing is known before the second sample");
        read.increment(50);
        sample(5);
        assertEquals(10, rate("orders"));
        sample(5);
        assertEquals(0, rate("orders"));
        List<Double> series = sampler.series(What.READ, "fanout", "orders");
        assertEquals(Sampler.POINTS, series.size());
        assertEquals(List.of(10.0, 0.0), series.subList(58, 60));
        assertNull(series.get(57));
    }

    @Test
    void tagsThatDoNotMatterAreSummed() {
        read("orders").increment(0);
        Counter.builder("distributary.source.records").tags("route", "fanout", "table", "orders", "application", "other").register(registry)
                .increment(0);
        sample(0);
        read("orders").increment(10);
        registry.get("distributary.source.records").tag("application", "other").counter().increment(15);
        sample(5);
        assertEquals(5, rate("orders"));
    }

    @Test
    void aRouteStartedAgainCountsFromZero() {
        read("orders").increment(1_000);
        sample(0);
        registry.clear();
        read("orders").increment(20);
        sample(5);
        assertEquals(4, rate("orders"), "and never a negative rate");
    }

    @Test
    void onlyTheLastPointsAreKeptAndOfNoMoreThanSoManySeries() {
        Counter read = read("orders");
        sample(0);
        for (int n = 1; n <= 100; n++) {
            read.increment(5 * n);
            sample(5);
        }
        List<Double> series = sampler.series(What.READ, "fanout", "orders");
        assertEquals(IntStream.rangeClosed(41, 100).mapToObj(n -> (double) n).toList(), series);
        IntStream.range(0, 2 * Sampler.MAX_SERIES).forEach(n -> read("table" + n).increment());
        sample(5);
        assertTrue(IntStream.range(0, 2 * Sampler.MAX_SERIES).filter(n -> rate("table" + n) > 0).count() < Sampler.MAX_SERIES);
    }

    @Test
    void whatIsGoneIsForgottenAfterAsManyIntervals() {
        read("orders").increment();
        sample(0);
        read("orders").increment(5);
        sample(5);
        registry.clear();
        for (int n = 0; n < Sampler.POINTS - 1; n++) {
            sample(5);
        }
        assertEquals(1.0, sampler.series(What.READ, "fanout", "orders").get(0));
        sample(5);
        assertTrue(sampler.series(What.READ, "fanout", "orders").stream().allMatch(Objects::isNull));
    }

    private void sample(int later) {
        seconds += later;
        sampler.sample(Counted.of(registry), Instant.EPOCH.plusSeconds(seconds), seconds * 1_000_000_000L);
    }

    private double rate(String table) {
        return sampler.rate(What.READ, "fanout", table);
    }

    private Counter read(String table) {
        return Counter.builder("distributary.source.records").tags("route", "fanout", "table", table, "application", "fanout").register(registry);
    }
}
