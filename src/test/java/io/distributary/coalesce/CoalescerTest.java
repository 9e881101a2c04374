package io.distributary.coalesce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class CoalescerTest {
    private static final Limits LIMITS = new Limits(3, 100, 2, 1_000, Duration.ofMillis(5), Duration.ofSeconds(30));
    private static final long CALL = Duration.ofMillis(10).toNanos();

    private final SimulatedThreads simulated = new SimulatedThreads(42, false);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<List<String>> requests = new ArrayList<>();
    private final Map<String, Object> results = new LinkedHashMap<>();

    @Test
    void oneAloneIsSentAtOnce() throws Exception {
        var coalescer = coalescer(LIMITS, messages -> answer(messages, Outcome.ACCEPTED));
        submit(coalescer, "a", null, 1);
        simulated.runUntil(0);
        assertEquals(List.of(List.of("a")), requests);
        simulated.run();
        assertEquals(CALL, simulated.nanos, "no lingering");
        assertAccepted("a");
    }

    @Test
    void whileARequestIsInFlightOthersGatherUpToTheLinger() throws Exception {
        var coalescer = coalescer(LIMITS, messages -> answer(messages, Outcome.ACCEPTED));
        submit(coalescer, "a", null, 1);
        submit(coalescer, "b", null, 1);
        submit(coalescer, "c", null, 1);
        simulated.runUntil(LIMITS.linger().toNanos() - 1);
        assertEquals(List.of(List.of("a")), requests);
        simulated.runUntil(LIMITS.linger().toNanos());
        assertEquals(List.of(List.of("a"), List.of("b", "c")), requests);
    }

    @Test
    void aFullRequestDoesNotLinger() throws Exception {
        var coalescer = coalescer(LIMITS, messages -> answer(messages, Outcome.ACCEPTED));
        for (String id : List.of("a", "b", "c", "d")) {
            submit(coalescer, id, null, 1);
        }
        simulated.runUntil(0);
        assertEquals(List.of(List.of("a"), List.of("b", "c", "d")), requests);
    }

    @Test
    void bytesEndARequest() throws Exception {
        var coalescer = coalescer(LIMITS, messages -> answer(messages, Outcome.ACCEPTED));
        submit(coalescer, "a", null, 1);
        submit(coalescer, "b", null, 60);
        submit(coalescer, "c", null, 41);
        simulated.run();
        assertEquals(List.of(List.of("a"), List.of("b"), List.of("c")), requests);
    }

    @Test
    void noMoreRequestsThanAllowedAreInFlight() throws Exception {
        var coalescer = coalescer(LIMITS, messages -> answer(messages, Outcome.ACCEPTED));
        for (int i = 0; i < 10; i++) {
            submit(coalescer, "m" + i, null, 1);
        }
        simulated.runUntil(CALL - 1);
        assertEquals(2, requests.size());
        simulated.run();
        assertEquals(10, results.size());
    }

    @Test
    void eachEntryCompletesByItsOwnOutcomeAndOnlyTheRetryableIsSentAgain() throws Exception {
        var coalescer = coalescer(LIMITS, messages -> later(messages.stream().map(message -> switch (message) {
            case "bad" -> (Outcome) new Outcome.Refused("InvalidMessageContents: no", null);
            case "slow" -> requests.stream().filter(request -> request.contains("slow")).count() < 3
                    ? new Outcome.Retryable("ThrottlingException", null) : Outcome.ACCEPTED;
            default -> Outcome.ACCEPTED;
        }).toList()));
        submit(coalescer, "first", null, 1);
        for (String id : List.of("good", "bad", "slow")) {
            submit(coalescer, id, null, 1);
        }
        simulated.run();
        assertEquals(List.of(List.of("first"), List.of("good", "bad", "slow"), List.of("slow"), List.of("slow")), requests);
        assertAccepted("good");
        assertAccepted("slow");
        DeliveryException refused = assertInstanceOf(DeliveryException.class, results.get("bad"));
        assertTrue(refused.isPermanent());
        assertEquals("aws2-sqs:orders did not accept bad: InvalidMessageContents: no", refused.getMessage());
        assertEquals(2, registry.get("distributary.target.retries").counter().count());
        assertEquals(1, registry.get("distributary.target.failures").counter().count());
        assertEquals(4, registry.get("distributary.target.request.entries").summary().count());
    }

    @Test
    void retriesEndAfterTheirTime() throws Exception {
        var coalescer = coalescer(LIMITS, messages -> CompletableFuture.failedFuture(new IllegalStateException("gone")));
        submit(coalescer, "a", null, 1);
        simulated.run();
        DeliveryException failure = assertInstanceOf(DeliveryException.class, results.get("a"));
        assertFalse(failure.isPermanent());
        assertTrue(failure.reason().contains("gone"));
        assertTrue(simulated.nanos <= LIMITS.retryFor().toNanos() && simulated.nanos > LIMITS.retryFor().toNanos() / 2,
                "gave up after " + Duration.ofNanos(simulated.nanos));
    }

    @Test
    void aTransportThatThrowsOrMiscountsIsARetryableFailure() throws Exception {
        var coalescer = coalescer(LIMITS, messages -> {
            if (requests.size() == 1) {
                throw new IllegalStateException("thrown");
            }
            return CompletableFuture.completedFuture(requests.size() == 2 ? List.of() : List.of(Outcome.ACCEPTED));
        });
        submit(coalescer, "a", null, 1);
        simulated.run();
        assertEquals(3, requests.size());
        assertAccepted("a");
    }

    @Test
    void aTransportThatAnswersAtOnceNestsNoCalls() throws Exception {
        var first = new CompletableFuture<List<Outcome>>();
        var threads = simulated.threads();
        var coalescer = new Coalescer<String>("nats:orders", new Limits(1, 100, 1, 1_000_000, Duration.ZERO, Duration.ofSeconds(30)),
                messages -> messages.contains("first") ? first : CompletableFuture.completedFuture(List.of(Outcome.ACCEPTED)),
                new Coalescer.Threads(Runnable::run, threads.workers(), 4, threads.timer(), threads.nanos(), threads.random()),
                new TargetMeters(registry, "nats", "orders"));
        submit(coalescer, "first", null, 1);
        for (int i = 0; i < 50_000; i++) {
            submit(coalescer, "m" + i, null, 1);
        }
        first.complete(List.of(Outcome.ACCEPTED));
        simulated.run();
        assertEquals(50_001, results.size());
        assertAccepted("m49999");
    }

    @Test
    void closingFailsWhatIsNotInFlight() throws Exception {
        var coalescer = coalescer(new Limits(1, 100, 1, 1_000, Duration.ZERO, Duration.ofSeconds(30)),
                messages -> messages.contains("resting") ? CompletableFuture.failedFuture(new IllegalStateException("gone"))
                        : answer(messages, Outcome.ACCEPTED));
        submit(coalescer, "resting", "r", 1);
        submit(coalescer, "behind", "r", 1);
        simulated.runUntil(1);
        submit(coalescer, "flying", "f", 1);
        submit(coalescer, "follower", "f", 1);
        submit(coalescer, "queued", null, 1);
        simulated.runUntil(2);
        coalescer.close();
        submit(coalescer, "late", null, 1);
        simulated.run();
        assertAccepted("flying");
        for (String id : List.of("resting", "behind", "follower", "queued", "late")) {
            DeliveryException failure = assertInstanceOf(DeliveryException.class, results.get(id), id);
            assertEquals("stopped before it was sent", failure.reason());
        }
        assertEquals(6, results.size());
    }

    private Coalescer<String> coalescer(Limits limits, Transport<String> transport) {
        return new Coalescer<>("aws2-sqs:orders", limits, messages -> {
            requests.add(messages);
            return transport.send(messages);
        }, simulated.threads(), new TargetMeters(registry, "aws2-sqs", "orders"));
    }

    private CompletionStage<List<Outcome>> answer(List<String> messages, Outcome outcome) {
        return later(messages.stream().map(message -> outcome).toList());
    }

    private CompletionStage<List<Outcome>> later(List<Outcome> outcomes) {
        var answer = new CompletableFuture<List<Outcome>>();
        simulated.later(() -> answer.complete(outcomes), CALL);
        return answer;
    }

    private void submit(Coalescer<String> coalescer, String id, String lane, int bytes) throws InterruptedException {
        coalescer.submit(new Entry<>(id, id, lane, bytes, failure -> {
            assertFalse(results.containsKey(id), id + " completed twice");
            results.put(id, failure == null ? "accepted" : failure);
        }));
    }

    private void assertAccepted(String id) {
        assertEquals("accepted", results.get(id));
    }
}
