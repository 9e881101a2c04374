package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.shard.SimulatedRuntime.Pool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What an engine that does not go on shows of it. That one that goes on is never overdue, {@link SimulatedRuntime} holds in each test
 * of the engine.
 */
class LocalEngineStallsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private final Simulation sim = new Simulation(1);
    private final String shard = sim.stream.addShard(null);

    private void run() {
        for (int n = 1; n <= 40; n++) {
            sim.stream.put(shard, "a" + n, 1);
        }
        sim.start();
        sim.runFor(HOUR);
    }

    private List<String> overdue(Duration bound) {
        return sim.runtime.heartbeats().overdue(bound).stream().map(Heartbeats.Overdue::what).sorted().toList();
    }

    static Stream<Arguments> held() {
        return Stream.of(
                held("nothing", sim -> { }),
                held("a target that does not answer", sim -> sim.route = (event, done) -> { }),
                held("a target that refuses", sim -> sim.route = (event, done) -> done.accept(new Exception("refused"))),
                held("a target that takes no batch", sim -> {
                    sim.batching = new Batching(true, 10, Duration.ofSeconds(5));
                    sim.batchRoute = (events, done) -> { };
                }),
                held("batches that wait to fill", sim -> sim.batching = new Batching(true, 1000, Duration.ofMinutes(5))),
                held("a table that does not answer", sim -> sim.stream.fault = (call, shardId) -> {
                    throw SdkClientException.create("unreachable");
                }),
                held("checkpoints that are not stored", sim -> sim.checkpoints.onSave = () -> {
                    throw CheckpointException.unreachable("disk full", null);
                }));
    }

    private static Arguments held(String what, Consumer<Simulation> by) {
        return Arguments.of(what, by);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("held")
    void whatIsHeldFromOutsideIsNotOverdue(String what, Consumer<Simulation> by) {
        by.accept(sim);
        run();
        assertEquals(List.of(), overdue(Duration.ZERO));
    }

    @Test
    void aSuspendedEngineIsNotOverdueAndNeitherIsOneThatGoesOn() {
        run();
        sim.engine.suspend();
        sim.stream.put(shard, "b", 1);
        sim.runFor(HOUR);
        assertEquals(List.of(), overdue(Duration.ZERO));
        sim.engine.resume();
        sim.runFor(HOUR);
        assertEquals(41, sim.acknowledged.size());
        sim.engine.stop();
        sim.runFor(HOUR);
        assertEquals(List.of(), overdue(Duration.ZERO));
    }

    static Stream<Arguments> dead() {
        String arn = " of " + FakeStream.TABLE.streamArn();
        return Stream.of(
                Arguments.of(Pool.IO, List.of("table orders: reading shard shardId-00000")),
                Arguments.of(Pool.WORK, List.of("Table orders, shard shardId-00000: handing out records")),
                Arguments.of(Pool.STORE, List.of("table orders: storing the checkpoints" + arn)),
                Arguments.of(Pool.TIMER, List.of("table orders: asking for the shards" + arn, "table orders: reading shard shardId-00000",
                        "table orders: storing the checkpoints" + arn)));
    }

    @ParameterizedTest
    @MethodSource("dead")
    void threadsThatRunNothingAreSeen(Pool pool, List<String> expected) {
        run();
        sim.runtime.dead.add(pool);
        sim.stream.put(shard, "b", 1);
        sim.runFor(HOUR);
        assertEquals(expected, overdue(HOUR.minusMinutes(5)));
    }

    @Test
    void aCallThatDoesNotEndIsSeenWhileItLasts() {
        List<String> seen = new ArrayList<>();
        sim.stream.fault = (call, shardId) -> {
            if (seen.isEmpty() && call.equals("getRecords")) {
                sim.runtime.advance(HOUR);
                seen.addAll(overdue(HOUR.minusSeconds(1)));
            }
        };
        run();
        assertTrue(seen.contains("table orders: reading shard shardId-00000"), seen::toString);
    }

    @Test
    void recordsThatWaitForAWorkerAreOverdueOnlyWhileOneIsFree() {
        long[] now = {0};
        long[] free = {0};
        Heartbeats heartbeats = new Heartbeats(() -> now[0], () -> free[0]);
        heartbeats.handOut("shard", true, Duration.ofNanos(10));
        for (var step : List.of(Map.entry(15L, 15L), Map.entry(100L, 100L), Map.entry(103L, 100L))) {
            now[0] = step.getKey();
            free[0] = step.getValue();
            assertEquals(List.of(), heartbeats.overdue(Duration.ofNanos(5)), step::toString);
        }
        now[0] = 106;
        assertEquals(List.of(new Heartbeats.Overdue("shard: handing out records", 100)), heartbeats.overdue(Duration.ofNanos(5)));
        heartbeats.handOut("shard", false, Duration.ofNanos(10));
        assertEquals(List.of(), heartbeats.overdue(Duration.ofNanos(5)));
    }
}
