package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/**
 * Random streams, faults and restarts: every change delivered, each item's in order after removing repeats, repeats only
 * of what was not checkpointed, and none after a stop that waited for what was in flight. Run one again with {@code -Dmodel.seed=N}; more of them with {@code -Dmodel.runs=N}.
 */
class LocalEngineModelTest {
    private static final int RUNS = Integer.getInteger("model.runs", 2_000);

    @BeforeAll
    static void quiet() {
        Configurator.setLevel("io.distributary.ddbstream.shard", Level.OFF);
    }

    @AfterAll
    static void loud() {
        Configurator.setLevel("io.distributary.ddbstream.shard", (Level) null);
    }

    @Test
    void nothingIsLostAndItemsStayInOrderWhateverHappens() {
        Long only = Long.getLong("model.seed");
        if (only != null) {
            run(only);
            return;
        }
        long first = new Random().nextInt(1_000_000_000);
        System.out.println("LocalEngineModelTest: seeds from " + first);
        LongStream.range(first, first + RUNS).parallel().forEach(seed -> {
            try {
                run(seed);
            } catch (AssertionError | RuntimeException e) {
                fail("seed " + seed + " (-Dmodel.seed=" + seed + "): " + e.getMessage(), e);
            }
        });
    }

    private static void run(long seed) {
        Random random = new Random(seed);
        Simulation sim = new Simulation(seed);
        FakeStream stream = sim.stream;
        FakeTable table = sim.table;
        Map<String, Integer> written = new HashMap<>();
        sim.start = random.nextBoolean() ? StartPosition.FROM_START : StartPosition.FROM_LATEST;
        sim.nothingWrittenBefore = true;
        sim.maxInFlight = 1 + random.nextInt(40);
        sim.maxResultsPerRequest = 1 + random.nextInt(30);
        stream.pageLimit = 1 + random.nextInt(30);
        stream.shardsPerPage = 1 + random.nextInt(5);
        sim.checkpointInterval = Duration.ofMillis(50 + random.nextInt(10_000));
        sim.shardRefreshInterval = Duration.ofSeconds(1 + random.nextInt(60));
        sim.gapPolicy = random.nextInt(4) == 0 ? GapPolicy.CONTINUE : GapPolicy.FAIL;
        int emptyPages = random.nextInt(30);
        stream.emptyRecordPage = () -> random.nextInt(100) < emptyPages;
        Set<String> hiddenOnce = new HashSet<>();
        stream.hidden = shardId -> random.nextInt(10) == 0 && hiddenOnce.add(shardId);
        RandomRoute.set(sim, random);
        int faults = random.nextInt(20);
        stream.fault = (call, shardId) -> {
            // FROM_LATEST begins when the stream is first reached
            boolean reached = !sim.checkpoints.streams().isEmpty();
            if (reached && random.nextInt(100) < faults) {
                throw random.nextBoolean() ? FakeStream.error(LimitExceededException.builder(), "LimitExceededException")
                        : FakeStream.error(InternalServerErrorException.builder(), "InternalServerError");
            }
        };
        boolean large = random.nextInt(500) == 0;
        for (int i = large ? 100 + random.nextInt(200) : 1 + random.nextInt(3); i > 0; i--) {
            stream.addShard(null);
        }
        stream.shardsPerPage = large ? 100 : stream.shardsPerPage;
        int items = 1 + random.nextInt(large ? 200 : 12);
        sim.start();
        for (int step = 0; step < 250; step++) {
            switch (random.nextInt(40)) {
                case 0 -> {
                    for (int i = large ? random.nextInt(40) : 0; i >= 0; i--) {
                        List<String> open = table.current().openShards();
                        table.current().close(open.get(random.nextInt(open.size())), 1 + random.nextInt(2));
                    }
                }
                case 1 -> {
                    switch (random.nextInt(4)) {
                        case 0 -> sim.stop();
                        case 1 -> stopInPeace(sim);
                        default -> sim.crash();
                    }
                    sim.start();
                }
                case 2 -> sim.checkpoints.failing = sim.engine != null && random.nextBoolean() && !sim.checkpoints.stored().isEmpty();
                case 3 -> {
                    sim.engine.suspend();
                    sim.runFor(random.nextInt(4) == 0 ? Duration.ofMinutes(random.nextInt(40)) // iterators live 15
                            : Duration.ofSeconds(random.nextInt(60)));
                    sim.engine.resume();
                }
                case 4 -> retain(sim, random);
                case 5 -> {
                    if (random.nextInt(4) == 0) {
                        table.nextStream();
                    }
                }
                default -> {
                    String item = "item" + random.nextInt(items);
                    table.current().put(item, written.merge(item, 1, Integer::sum));
                }
            }
            for (int i = random.nextInt(30); i > 0; i--) {
                sim.runtime.step();
            }
        }
        sim.checkpoints.failing = false;
        table.streams().forEach(each -> each.fault = (call, shardId) -> {
        });
        for (int minute = 0; minute < 60 && !sim.allAcknowledged(); minute++) {
            sim.runFor(Duration.ofMinutes(1));
        }
        sim.assertAllDeliveredInOrder(written);
        sim.stop();
    }

    /** As a route is stopped: what has failed waits for the next start, and nothing of the other shards is to be repeated. */
    private static void stopInPeace(Simulation sim) {
        sim.engine.suspend();
        while (sim.engine.inFlight() > 0) {
            assertTrue(sim.runtime.step(), "in flight for ever");
        }
        Set<String> failing = sim.engine.status().shards().stream().filter(shard -> shard.failing() > 0)
                .map(EngineStatus.ShardStatus::shardId).collect(Collectors.toSet());
        sim.stop();
        if (!sim.checkpoints.failing) {
            sim.checkpoints.stored().keySet().stream().filter(shardId -> !failing.contains(shardId)).forEach(shardId ->
                    sim.table.streams().forEach(stream -> stream.records(shardId).stream().skip(sim.covered(stream, shardId))
                            .map(record -> record.dynamodb().sequenceNumber()).forEach(number ->
                                    assertFalse(sim.acknowledgedSinceStart.contains(number), () -> number + " is repeated"))));
        }
    }

    /** The retention overtakes what is checkpointed, and where gaps are to be passed over, more than that. */
    private static void retain(Simulation sim, Random random) {
        FakeStream stream = sim.table.current();
        List<String> shards = List.copyOf(stream.shards());
        String shardId = shards.get(random.nextInt(shards.size()));
        boolean gap = sim.gapPolicy == GapPolicy.CONTINUE && random.nextBoolean();
        Checkpoint checkpoint = sim.checkpoints.stored().get(shardId);
        boolean finished = checkpoint != null && checkpoint.isShardEnd();
        if (finished && stream.isClosed(shardId)) {
            stream.remove(shardId);
        } else if (gap || checkpoint != null) {
            int oldest = stream.size(shardId) - stream.records(shardId).size();
            stream.trim(shardId, gap ? random.nextInt(stream.size(shardId) + 1) : oldest + sim.covered(stream, shardId));
        }
    }
}
