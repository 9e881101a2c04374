package io.distributary.coalesce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** Random traffic against a target that throttles, fails, loses answers and refuses, in virtual time. */
class CoalescerModelTest {
    private static final int RUNS = Integer.getInteger("model.runs", 500);

    @Test
    void everyEntryCompletesOnceByItsOwnOutcomeAndInTheOrderOfItsLane() {
        long first = Long.getLong("model.seed", new Random().nextLong());
        for (int run = 0; run < RUNS; run++) {
            long seed = first + run;
            try {
                new Model(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("-Dmodel.seed=" + seed + " -Dmodel.runs=1: " + e.getMessage(), e);
            }
        }
    }

    private static final class Model {
        private final SimulatedThreads simulated;
        private final Random random;
        private final Limits limits;
        private final Map<String, Integer> stored = new HashMap<>();
        private final Set<String> accepted = new HashSet<>();
        private final Map<String, Integer> completions = new HashMap<>();
        private final int refuse;
        /** Not thrown where they are found: there they would pass for the target's. */
        private final List<String> violations = new ArrayList<>();
        private int inFlight;

        Model(long seed) {
            simulated = new SimulatedThreads(seed, true);
            random = simulated.random();
            limits = new Limits(1 + random.nextInt(10), 10 + random.nextInt(100), 1 + random.nextInt(4), Long.MAX_VALUE / 2,
                    Duration.ofMillis(random.nextInt(4)), Duration.ofSeconds(30));
            refuse = random.nextInt(5);
        }

        void run() {
            var coalescer = new Coalescer<String>("target", limits, this::send, simulated.threads(),
                    new TargetMeters(new SimpleMeterRegistry(), "model", "target"));
            int lanes = 1 + random.nextInt(8);
            int entries = random.nextInt(200);
            int[] versions = new int[lanes];
            for (int i = 0; i < entries; i++) {
                int lane = random.nextInt(lanes);
                String id = lane + "/" + versions[lane]++;
                int bytes = 1 + random.nextInt(10);
                submit(coalescer, id, "lane" + lane, bytes);
                if (random.nextInt(3) > 0) {
                    simulated.runUntil(simulated.nanos + random.nextInt(3_000_000));
                }
            }
            simulated.run();
            assertEquals(List.of(), violations);
            assertEquals(entries, completions.size(), "entries completed");
            assertEquals(0, inFlight, "requests in flight at the end");
            completions.forEach((id, times) -> assertEquals(1, times, id + " completed"));
        }

        private void submit(Coalescer<String> coalescer, String id, String lane, int bytes) {
            try {
                coalescer.submit(new Entry<>(id, id, lane, bytes, failure -> {
                    completions.merge(id, 1, Integer::sum);
                    check(failure != null || accepted.contains(id), id + " completed but not accepted");
                    check(failure == null || !accepted.contains(id) || !((DeliveryException) failure).isPermanent(), id + " accepted and refused");
                }));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private CompletionStage<List<Outcome>> send(List<String> messages) {
            inFlight++;
            check(inFlight <= limits.requests(), "too many requests in flight");
            check(messages.size() <= limits.entriesPerRequest(), "too many entries");
            check(messages.stream().map(Model::lane).distinct().count() == messages.size(), "two of a lane in one request");
            var answer = new CompletableFuture<List<Outcome>>();
            boolean lost = random.nextInt(10) == 0;
            boolean failed = random.nextInt(10) == 0;
            List<Outcome> outcomes = new ArrayList<>();
            for (String message : messages) {
                outcomes.add(failed ? new Outcome.Retryable("503", null) : outcome(message, lost));
            }
            simulated.later(() -> {
                inFlight--;
                if (lost || failed) {
                    answer.completeExceptionally(new IllegalStateException("no answer"));
                } else {
                    answer.complete(outcomes);
                }
            }, random.nextInt(10_000_000));
            return answer;
        }

        private Outcome outcome(String message, boolean lost) {
            int dice = random.nextInt(20);
            if (dice < 3) {
                return new Outcome.Retryable("throttled", null);
            }
            if (!lost && !accepted.contains(message) && dice < 3 + refuse) {
                return new Outcome.Refused("bad", null);
            }
            int version = Integer.parseInt(message.substring(message.indexOf('/') + 1));
            int before = stored.getOrDefault(lane(message), -1);
            check(version >= before, lane(message) + ": version " + version + " after " + before);
            stored.put(lane(message), version);
            accepted.add(message);
            return Outcome.ACCEPTED;
        }

        private void check(boolean holds, String violation) {
            if (!holds) {
                violations.add(violation);
            }
        }

        private static String lane(String message) {
            return message.substring(0, message.indexOf('/'));
        }
    }
}
