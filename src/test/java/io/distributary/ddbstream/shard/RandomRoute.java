package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import io.distributary.event.BatchItemFailuresException;
import io.distributary.event.ChangeEvent;

/**
 * A route that takes records or batches at random, fails at random, reports at random which records failed, has records
 * that never pass where they may be given up, and a place for dead letters that fails at times.
 */
final class RandomRoute {
    private final Simulation sim;
    private final Random random;

    private RandomRoute(Simulation sim, Random random) {
        this.sim = sim;
        this.random = random;
    }

    static void set(Simulation sim, Random random) {
        RandomRoute route = new RandomRoute(sim, random);
        if (random.nextBoolean()) {
            sim.batching = new Batching(true, 1 + random.nextInt(sim.maxInFlight),
                    Duration.ofMillis(random.nextBoolean() ? 0 : random.nextInt(5_000)));
        }
        sim.retryLimits = new RetryLimits(random.nextBoolean() ? 0 : 1 + random.nextInt(4),
                Duration.ofMillis(random.nextBoolean() ? 0 : random.nextInt(60_000)));
        sim.route = (event, done) -> {
            Throwable outcome = route.fails(event) ? new Exception("refused") : null;
            route.soon(() -> done.accept(outcome));
        };
        sim.batchRoute = (events, done) -> {
            Simulation.Outcome outcome = route.outcome(events);
            route.soon(() -> done.accept(outcome));
        };
        sim.deadLetterRoute = (event, done) -> {
            Throwable outcome = random.nextInt(3) == 0 ? new Exception("no dead letters now") : null;
            route.soon(() -> done.accept(outcome));
        };
    }

    private void soon(Runnable task) {
        if (random.nextBoolean()) {
            task.run();
        } else {
            sim.runtime.schedule(Duration.ofMillis(random.nextInt(400)), task);
        }
    }

    private boolean fails(ChangeEvent event) {
        boolean poison = sim.retryLimits.maxAttempts() > 0 && event.sequenceNumber().hashCode() % 15 == 0;
        return poison || random.nextInt(12) == 0;
    }

    private Simulation.Outcome outcome(List<ChangeEvent> events) {
        List<ChangeEvent> failing = events.stream().filter(this::fails).toList();
        if (failing.isEmpty()) {
            return Simulation.Outcome.SUCCESS;
        }
        if (random.nextBoolean()) {
            return new Simulation.Outcome(numbers(events), false, new Exception("refused"));
        }
        Map<String, Throwable> report = new LinkedHashMap<>();
        failing.forEach(event -> report.put(random.nextBoolean() ? event.eventId() : event.sequenceNumber(),
                random.nextBoolean() ? null : new Exception("refused")));
        boolean wrong = random.nextInt(10) == 0;
        if (wrong) {
            report.put("unknown", null);
        }
        Exception failure = new BatchItemFailuresException(report);
        return new Simulation.Outcome(numbers(wrong ? events : failing), !wrong,
                random.nextBoolean() ? failure : new RuntimeException(failure));
    }

    private static Set<String> numbers(List<ChangeEvent> events) {
        return events.stream().map(ChangeEvent::sequenceNumber).collect(Collectors.toSet());
    }
}
