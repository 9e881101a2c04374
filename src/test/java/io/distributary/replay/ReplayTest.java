package io.distributary.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.distributary.event.ChangeEvent;
import io.distributary.event.StreamSource;
import io.distributary.event.input.InputEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

class ReplayTest {
    private static final StreamSource SOURCE = new StreamSource("t", "arn:aws:dynamodb:::table/t/stream/none", "none", "pk", null);

    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static InputEvent record(int number, String item) {
        Record record = Record.builder().eventID("e" + number).eventName("INSERT").dynamodb(StreamRecord.builder()
                .sequenceNumber(Integer.toString(number)).keys(Map.of("pk", AttributeValue.fromS(item))).build()).build();
        return new InputEvent(ChangeEvent.of(record, SOURCE), "f:" + number, null);
    }

    /** Answers on threads of its own, in no order; remembers what it saw. */
    private final class Target implements Replay.Target {
        private final int batchSize;
        private final Predicate<List<String>> fails;
        private final Map<String, List<Integer>> byItem = new HashMap<>();
        private final List<List<String>> sent = new ArrayList<>();
        private final List<String> busy = new ArrayList<>();
        private int most;
        private String problem;

        Target(int batchSize, Predicate<List<String>> fails) {
            this.batchSize = batchSize;
            this.fails = fails;
        }

        @Override
        public int batchSize() {
            return batchSize;
        }

        @Override
        public void send(List<ChangeEvent> events, Consumer<Throwable> done) {
            List<String> ids = events.stream().map(ChangeEvent::eventId).toList();
            List<String> items = events.stream().map(ChangeEvent::itemKey).toList();
            synchronized (this) {
                sent.add(ids);
                for (int i = 0; i < ids.size(); i++) {
                    if (busy.contains(items.get(i))) {
                        problem = items.get(i) + " is in flight already";
                    }
                    busy.add(items.get(i));
                    byItem.computeIfAbsent(items.get(i), item -> new ArrayList<>()).add(Integer.valueOf(ids.get(i).substring(1)));
                }
                most = Math.max(most, busy.size());
            }
            threads.execute(() -> {
                for (int spin = ThreadLocalRandom.current().nextInt(20); spin > 0; spin--) {
                    Thread.yield();
                }
                synchronized (this) {
                    busy.removeAll(items);
                }
                done.accept(fails.test(ids) ? new IllegalStateException("refused\n" + ids) : null);
            });
        }
    }

    private static Summary run(Target target, int inFlight, long skip, Iterator<InputEvent> records) throws InterruptedException {
        return new Replay(target, new DeadLetterCount(), inFlight, 0, skip).run(records, so -> { });
    }

    private static List<InputEvent> random(int count, int items, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToObj(i -> record(i, "item" + random.nextInt(items))).toList();
    }

    @Test
    void changesOfAnItemGoOneAfterTheOtherAndNoMoreThanAllowedAreOnTheirWay() throws InterruptedException {
        long seed = System.nanoTime();
        Target target = new Target(0, ids -> false);
        Summary summary = run(target, 16, 0, random(2_000, 7, seed).iterator());
        assertEquals("2000 2000 2000 false", summary.sent() + " " + summary.done() + " " + summary.next() + " " + summary.stopped());
        assertNull(target.problem, "seed " + seed);
        assertTrue(target.most <= 7, target.most + " of 7 items at once, seed " + seed);
        target.byItem.values().forEach(numbers -> assertEquals(numbers.stream().sorted().toList(), numbers, "seed " + seed));
    }

    @Test
    void noMoreThanAllowedAreOnTheirWay() throws InterruptedException {
        Target target = new Target(0, ids -> false);
        run(target, 3, 0, random(500, 500, 1).iterator());
        assertTrue(target.most <= 3, target.most + " at once");
    }

    @Test
    void aFailureEndsItAndSkippingWhatItSaysLeavesNothingOut() throws InterruptedException {
        long seed = System.nanoTime();
        List<InputEvent> records = random(300, 40, seed);
        Target target = new Target(0, ids -> ids.contains("e120"));
        Summary summary = run(target, 16, 0, records.iterator());
        assertEquals("f:120", summary.failedAt(), "seed " + seed);
        assertEquals("refused [e120]", summary.failure());
        assertTrue(summary.stopped() && summary.next() == 120, summary + ", seed " + seed);
        assertEquals(summary.sent() - 1, summary.done(), "what is in flight is waited for; seed " + seed);

        Target again = new Target(0, ids -> false);
        run(again, 16, summary.next(), records.iterator());
        List<String> all = new ArrayList<>();
        target.sent.forEach(all::addAll);
        again.sent.forEach(all::addAll);
        assertEquals(300, all.stream().distinct().count(), "seed " + seed);
    }

    @Test
    void batchesHaveNoItemTwiceAndOneThatFailsIsSplit() throws InterruptedException {
        Target target = new Target(3, ids -> ids.size() > 1 && ids.contains("e4"));
        List<InputEvent> records = List.of(record(0, "a"), record(1, "b"), record(2, "a"), record(3, "c"), record(4, "d"), record(5, "e"));
        Summary summary = run(target, 16, 0, records.iterator());
        assertEquals(List.of(List.of("e0", "e1"), List.of("e2", "e3", "e4"), List.of("e2"), List.of("e3"), List.of("e4"), List.of("e5")),
                target.sent);
        assertEquals("6 6 6 null", summary.sent() + " " + summary.done() + " " + summary.next() + " " + summary.failure());
    }

    @Test
    void whatCannotBeReadIsThrownWhenAllBeforeItIsDone() {
        Target target = new Target(0, ids -> false);
        Iterator<InputEvent> records = new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public InputEvent next() {
                if (next == 5) {
                    throw new IllegalArgumentException("line 6");
                }
                return record(next, "item" + next++);
            }
        };
        assertEquals("line 6", assertThrows(IllegalArgumentException.class, () -> run(target, 16, 0, records)).getMessage());
        assertEquals(5, target.sent.size());
    }

    @Test
    void oneThatIsToldToStopSaysWhereToGoOn() throws InterruptedException {
        Replay[] replay = new Replay[1];
        Target target = new Target(0, ids -> {
            if (ids.contains("e50")) {
                replay[0].stop();
            }
            return false;
        });
        replay[0] = new Replay(target, new DeadLetterCount(), 4, 0, 0);
        Summary summary = replay[0].run(IntStream.iterate(0, i -> i + 1).mapToObj(i -> record(i, "item" + i)).iterator(), so -> { });
        assertTrue(summary.stopped(), summary.toString());
        assertEquals(summary.sent(), summary.next());
        assertNull(summary.failure());
    }

    @Test
    void thePaceIsEvenAndMakesUpForNothing() {
        Pace pace = new Pace(100);
        long second = 1_000_000_000L;
        assertEquals(0, pace.waitNanos(0));
        pace.went(1, 0);
        assertEquals(second / 100, pace.waitNanos(0));
        pace.went(1, second / 100);
        assertEquals(second / 100, pace.waitNanos(second / 100));
        pace.went(50, 100 * second);
        assertTrue(pace.waitNanos(100 * second) <= second / 2, "a batch counts each record");
        assertEquals(0, new Pace(0).waitNanos(5));
    }
}
