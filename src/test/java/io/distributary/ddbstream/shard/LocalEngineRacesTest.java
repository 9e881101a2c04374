package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Interleavings of threads that chance seldom makes, each made on purpose. */
class LocalEngineRacesTest {

    /**
     * A listing's thread has made its plan, in which the shard is unfinished, and waits to carry it out while another
     * finishes the shard.
     */
    @Test
    void aPlanMadeBeforeAShardFinishedDoesNotStartItAgain() throws Exception {
        ScriptedRuntime runtime = new ScriptedRuntime();
        FakeTable table = new FakeTable(runtime::now);
        FakeStream stream = table.current();
        List<String> delivered = new ArrayList<>();
        List<Consumer<Throwable>> held = new ArrayList<>();
        LocalEngine engine = new LocalEngine("orders", settings(), runtime, table, table, new MemoryCheckpoints(), (event, done) -> {
            delivered.add(event.itemKey());
            held.add(done);
        }, EngineListener.NONE);
        String shard = stream.addShard(null);
        stream.put(shard, "a", 1);
        engine.start();
        stream.close(shard, 1);
        runtime.runAll(runtime.io); // reads the shard to its end
        runtime.runAll(runtime.work); // its only record is in flight
        stream.addShard(null);
        runtime.runAll(runtime.scheduled);
        Runnable firstListing = runtime.io.removeLast();
        List<Thread> lister = new ArrayList<>();
        runtime.onIo = newShard -> {
            // the first listing's plan is being carried out, under the reading's lock
            runtime.onIo = runtime.io::add;
            runtime.io.add(newShard);
            runtime.runAll(runtime.scheduled);
            lister.add(new Thread(runtime.io.removeLast(), "second listing"));
            lister.get(0).start();
            await().until(() -> lister.get(0).getState() == Thread.State.BLOCKED);
            held.get(0).accept(null);
        };
        firstListing.run();
        lister.get(0).join();
        for (int i = 0; i < 10; i++) {
            runtime.runAll(runtime.io);
            runtime.runAll(runtime.work);
        }
        assertEquals(List.of("a"), delivered);
        assertEquals(1, stream.calls().stream().filter(call -> call.startsWith("getShardIterator " + shard)).count());
        engine.stop();
    }

    /** Room that is reported while the reader is suspended is not reported again. */
    @Test
    void roomThatComesBackDuringASuspensionIsFoundAtTheResumption() {
        Full full = new Full(false);
        full.sim.engine.suspend();
        full.completeAll();
        full.assertReadToTheEndAfterResume();
    }

    /** As above, with a suspension that begins while a page is being read. */
    @Test
    void roomThatComesBackAfterASuspensionDuringAReadIsFoundAtTheResumption() {
        Full full = new Full(true);
        full.completeAll();
        full.assertReadToTheEndAfterResume();
    }

    /** A shard of which four records are in flight and two wait behind them, so that nothing more is read. */
    private static final class Full {
        private final Simulation sim = new Simulation(1);
        private final List<Consumer<Throwable>> held = new ArrayList<>();
        private boolean holding = true;

        /** @param suspendedInTheLastRead suspended while it reads the page that makes it full */
        Full(boolean suspendedInTheLastRead) {
            int[] pages = {0};
            sim.stream.fault = (call, shardId) -> {
                if (suspendedInTheLastRead && call.equals("getRecords") && ++pages[0] == 3) {
                    sim.engine.suspend();
                }
            };
            sim.maxInFlight = 4;
            sim.maxResultsPerRequest = 2;
            sim.route = (event, done) -> {
                if (holding) {
                    held.add(done);
                } else {
                    done.accept(null);
                }
            };
            sim.stream.addShard(null);
            IntStream.range(0, 20).forEach(i -> sim.stream.put("item" + i, 1));
            sim.start();
            sim.runFor(Duration.ofSeconds(5));
            assertEquals(List.of(4, 6), List.of(held.size(), sim.engine.status().shards().get(0).unfinished()), "full");
        }

        void completeAll() {
            holding = false;
            held.forEach(done -> done.accept(null));
            sim.runFor(Duration.ofSeconds(5));
            assertEquals(4, sim.delivered.size(), "suspended");
        }

        void assertReadToTheEndAfterResume() {
            sim.engine.resume();
            sim.runFor(Duration.ofMinutes(1));
            assertEquals(20, sim.delivered.size());
        }
    }

    private static EngineSettings settings() {
        return new EngineSettings("test", StartPosition.FROM_START, null, 10, 10, 100_000, Duration.ZERO, Duration.ofSeconds(1),
                Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofHours(1), GapPolicy.FAIL);
    }

    /** Runs a task when told to, on the thread that tells. */
    private static final class ScriptedRuntime implements EngineRuntime {
        private final Deque<Runnable> io = new ArrayDeque<>();
        private final Deque<Runnable> work = new ArrayDeque<>();
        private final Deque<Runnable> scheduled = new ArrayDeque<>();
        private final DescribePace describePace = new DescribePace();
        private final Heartbeats heartbeats = new Heartbeats(System::nanoTime, () -> Long.MIN_VALUE / 2);
        private Consumer<Runnable> onIo = io::add;

        /** Those that wait now, and not those that they add. */
        void runAll(Deque<Runnable> tasks) {
            List<Runnable> now = List.copyOf(tasks);
            tasks.clear();
            now.forEach(Runnable::run);
        }

        @Override
        public void io(Runnable task) {
            onIo.accept(task);
        }

        @Override
        public void work(Runnable task) {
            work.add(task);
        }

        @Override
        public void store(Runnable task) {
            // no checkpoints are saved before the end
        }

        @Override
        public int workersPerShard() {
            return 4;
        }

        @Override
        public void schedule(Duration delay, Runnable task) {
            scheduled.add(task);
        }

        @Override
        public DescribePace describePace() {
            return describePace;
        }

        @Override
        public void pause(Duration time) {
            throw new AssertionError("nothing waits here");
        }

        @Override
        public Heartbeats heartbeats() {
            return heartbeats;
        }

        @Override
        public Instant now() {
            return Instant.parse("2026-01-02T00:00:00Z");
        }

        @Override
        public RandomGenerator random() {
            return new Random(1);
        }
    }
}
