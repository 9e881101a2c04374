package io.distributary.ddbstream.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.event.ChangeEvent;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The engine writes to an index that refuses older versions, through crashes, restarts, splits and a stream switched off and
 * on; writes of a process that is dead, or whose answer was lost, still arrive, at any time. At no moment does a document go back
 * to an older change, and in the end the index holds what the table does. Removals stay known, as within {@code index.gc_deletes}.
 * Run one again with {@code -Dmodel.seed=N}; more of them with {@code -Dmodel.runs=N}.
 */
class ChangeVersionModelTest {
    private static final int RUNS = Integer.getInteger("model.runs", 1_000);
    private static final int RUNS_OF_BROKEN = 300;
    private static final int NO_TIMES = 2;
    private static final UnaryOperator<Checkpoint> KEPT = checkpoint -> checkpoint;

    @BeforeAll
    static void quiet() {
        Configurator.setLevel("io.distributary.ddbstream.shard", Level.OFF);
    }

    @AfterAll
    static void loud() {
        Configurator.setLevel("io.distributary.ddbstream.shard", (Level) null);
    }

    /** A write on its way. */
    private record Write(ChangeEvent event, Consumer<Throwable> done) {
    }

    @Test
    void noDocumentGoesBackAndTheIndexEndsAsTheTable() {
        Long only = Long.getLong("model.seed");
        if (only != null) {
            assertEquals("", run(only, ChangeEvent::version, KEPT, only % 5 == 0));
            return;
        }
        long first = new Random().nextInt(1_000_000_000);
        System.out.println("ChangeVersionModelTest: seeds from " + first);
        LongStream.range(first, first + RUNS).parallel().forEach(seed -> {
            String broken = run(seed, ChangeEvent::version, KEPT, seed % 5 == 0);
            if (!broken.isEmpty()) {
                fail("seed " + seed + " (-Dmodel.seed=" + seed + "): " + broken);
            }
        });
    }

    @Test
    void theModelFindsVersionsThatAreSecondsOnly() {
        assertFound(event -> event.approximateCreationDateTime() == null ? 0 : event.approximateCreationDateTime().getEpochSecond(), KEPT);
    }

    @Test
    void theModelFindsSequenceNumbersThatAreCut() {
        assertFound(event -> Long.parseLong(event.sequenceNumber()) % 100, KEPT);
    }

    @Test
    void theModelFindsAnIndexThatIsNotKept() {
        assertFound(ChangeEvent::version, checkpoint -> checkpoint.withVersion(null));
    }

    @Test
    void theModelFindsChildrenThatDoNotGoOnFromTheirParents() {
        assertFound(ChangeEvent::version, checkpoint -> checkpoint.position() == Checkpoint.Position.AFTER_SEQUENCE_NUMBER ? checkpoint
                : checkpoint.withVersion(0L));
    }

    private static void assertFound(ToLongFunction<ChangeEvent> version, UnaryOperator<Checkpoint> stored) {
        assertTrue(LongStream.range(0, RUNS_OF_BROKEN).parallel().anyMatch(seed -> !run(seed, version, stored, false).isEmpty()));
    }

    /**
     * What went wrong, or an empty text.
     *
     * @param losesCheckpoints a crash takes them too, and all is read again from the oldest record
     */
    private static String run(long seed, ToLongFunction<ChangeEvent> version, UnaryOperator<Checkpoint> stored,
            boolean losesCheckpoints) {
        Random random = new Random(seed);
        Simulation sim = new Simulation(seed);
        VersionedIndex index = new VersionedIndex();
        List<Write> flying = new ArrayList<>();
        Map<String, Integer> written = new HashMap<>();
        sim.start = losesCheckpoints || random.nextBoolean() ? StartPosition.FROM_START : StartPosition.FROM_LATEST;
        sim.nothingWrittenBefore = true;
        sim.checkpoints.stored = stored;
        sim.maxInFlight = 1 + random.nextInt(40);
        sim.maxResultsPerRequest = 1 + random.nextInt(30);
        sim.checkpointInterval = Duration.ofMillis(50 + random.nextInt(3_000));
        int times = random.nextInt(4);
        sim.stream.creationTime = creationTimes(times, random);
        sim.route = (event, done) -> {
            Write write = new Write(event, done);
            if (random.nextInt(3) == 0) {
                arrive(write, index, version, random.nextInt(10) == 0); // so much later that its answer is not waited for
            } else {
                flying.add(write);
            }
        };
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            sim.stream.addShard(null);
        }
        sim.start();
        int items = 1 + random.nextInt(6);
        for (int step = 0; step < 200; step++) {
            switch (random.nextInt(30)) {
                case 0 -> {
                    List<String> open = sim.table.current().openShards();
                    sim.table.current().close(open.get(random.nextInt(open.size())), 1 + random.nextInt(2));
                }
                case 1, 2 -> {
                    if (random.nextInt(3) == 0) {
                        sim.stop();
                    } else {
                        sim.crash();
                        if (losesCheckpoints) {
                            sim.checkpoints.lose();
                        }
                    }
                    sim.start();
                }
                case 3 -> sim.runFor(Duration.ofMillis(random.nextInt(5_000)));
                case 4 -> {
                    // without a time a stream's first record is older than all; DynamoDB sends none such
                    if (random.nextInt(6) == 0 && times != NO_TIMES && !losesCheckpoints) {
                        sim.runFor(Duration.ofSeconds(90)); // to switch a stream off and on takes time
                        sim.table.nextStream();
                    }
                }
                default -> {
                    String item = "item" + random.nextInt(items);
                    sim.table.current().put(item, written.merge(item, 1, Integer::sum));
                }
            }
            for (int i = random.nextInt(20); i > 0; i--) {
                sim.runtime.step();
            }
            for (int i = flying.isEmpty() ? 0 : random.nextInt(4); i > 0 && !flying.isEmpty(); i--) {
                arrive(flying.remove(random.nextInt(flying.size())), index, version, random.nextInt(10) == 0);
            }
        }
        for (int round = 0; round < 10_000 && !(sim.allAcknowledged() && flying.isEmpty()); round++) {
            sim.runFor(Duration.ofSeconds(1));
            while (!flying.isEmpty()) {
                arrive(flying.remove(random.nextInt(flying.size())), index, version, false);
            }
        }
        sim.stop();
        if (!index.wentBack.isEmpty()) {
            return index.wentBack.toString();
        }
        List<String> wrong = new ArrayList<>();
        written.forEach((item, last) -> {
            int expected = VersionedIndex.isRemoval(last) ? 0 : last;
            if (index.found(item) != expected) {
                wrong.add(item + " is at change " + index.found(item) + " of " + last);
            }
        });
        return String.join(", ", wrong);
    }

    private static void arrive(Write write, VersionedIndex index, ToLongFunction<ChangeEvent> version, boolean answerLost) {
        ChangeEvent event = write.event();
        index.write(event.keys().get("pk").s(), Integer.parseInt(event.newImage().get("n").n()), version.applyAsLong(event));
        write.done().accept(answerLost ? new IOException("no answer") : null);
    }

    /** DynamoDB's seconds, DynamoDB Local's minutes, times that go back a little, records without one. */
    private static UnaryOperator<Instant> creationTimes(int kind, Random random) {
        return switch (kind) {
            case 0 -> now -> now.truncatedTo(ChronoUnit.MINUTES);
            case 1 -> now -> now.truncatedTo(ChronoUnit.SECONDS).minusSeconds(random.nextInt(4));
            case NO_TIMES -> now -> random.nextInt(5) == 0 ? null : now.truncatedTo(ChronoUnit.SECONDS);
            default -> now -> now.truncatedTo(ChronoUnit.SECONDS);
        };
    }
}
