package io.distributary.backfill;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.distributary.diagnosis.ConfigurationProblem;
import io.distributary.event.ChangeEvent;
import io.distributary.retry.Backoff;

/**
 * Reads a table's segments at the same time and sends their items through a route. A segment's progress is stored when the route
 * is done with all of a page, so what goes on after a crash repeats items and leaves none out. It ends with the table, when the
 * route fails for an item and no dead letter channel takes it, or when it is told to stop; what is in flight is waited for.
 */
public final class Backfill {
    private static final Duration PROGRESS = Duration.ofMillis(500);
    private static final Backoff RETRY = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final ItemPages pages;
    private final ReadPace pace;
    private final Snapshots snapshots;
    private final Delivery delivery;
    private final ProgressFile file;
    private final Consumer<String> notes;
    private final Quota quota;
    private final AtomicLong deadLetters = new AtomicLong();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Summary.Counts before;
    private final long begun = System.nanoTime();
    private volatile String failure;

    /**
     * @param most  items to send at the most
     * @param notes takes what a person should know, one line each; on any thread
     */
    Backfill(ItemPages pages, ReadPace pace, Snapshots snapshots, Delivery delivery, ProgressFile file, long most, Consumer<String> notes) {
        this.pages = pages;
        this.pace = pace;
        this.snapshots = snapshots;
        this.delivery = delivery;
        this.file = file;
        this.quota = new Quota(most);
        this.notes = notes;
        this.before = Summary.Counts.of(file.segments());
    }

    /** Ends as soon as what is in flight is done. Any thread. */
    public void stop() {
        stopping.countDown();
        quota.close();
        delivery.stop();
    }

    /**
     * Returns when all segments have ended.
     *
     * @param progress told twice a second
     * @throws RuntimeException what only a person can mend, when the other segments have ended too
     */
    public Summary run(Consumer<Summary> progress) throws InterruptedException {
        List<SegmentProgress> segments = file.segments();
        ExecutorService threads = Executors.newFixedThreadPool(segments.size());
        List<Future<?>> running = new ArrayList<>();
        try {
            for (int i = 0; i < segments.size(); i++) {
                int segment = i;
                running.add(threads.submit(() -> {
                    try {
                        read(segment);
                    } catch (RuntimeException | Error e) {
                        stop();
                        throw e;
                    }
                    return null;
                }));
            }
            RuntimeException thrown = null;
            for (Future<?> each : running) {
                try {
                    await(each, progress);
                } catch (ExecutionException e) {
                    thrown = thrown != null ? thrown
                            : e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
                }
            }
            if (thrown != null) {
                throw thrown;
            }
            return summary();
        } finally {
            stop();
            threads.shutdown();
        }
    }

    private void await(Future<?> running, Consumer<Summary> progress) throws InterruptedException, ExecutionException {
        while (true) {
            try {
                running.get(PROGRESS.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException notYet) {
                progress.accept(summary());
            }
        }
    }

    private void read(int number) throws InterruptedException {
        SegmentProgress at = file.segment(number);
        while (!at.done() && stopping.getCount() > 0) {
            int most = quota.take(ReadPace.MAX_PAGE);
            if (most == 0) {
                return;
            }
            int wanted = 0;
            ItemPages.Page page;
            try {
                page = page(number, at, most);
                wanted = page == null ? 0 : page.items().size();
            } finally {
                quota.give(most - wanted);
            }
            if (page == null) {
                return;
            }
            List<ChangeEvent> events = page.items().stream().map(item -> snapshots.of(item, number)).toList();
            Delivery.Outcome outcome = events.isEmpty() ? new Delivery.Outcome(true, 0, null) : delivery.deliver(events);
            deadLetters.accumulateAndGet(outcome.deadLetters(), Math::max);
            if (!outcome.whole()) {
                if (outcome.failure() != null && failure == null) {
                    failure = outcome.failure();
                }
                stop();
                return;
            }
            at = at.behind(page);
            try {
                file.advance(number, at);
            } catch (IOException e) {
                throw new ConfigurationProblem("The progress file cannot be written (" + e + "): go on when it can");
            }
        }
    }

    /** Null where it was told to stop meanwhile. */
    private ItemPages.Page page(int number, SegmentProgress at, int most) throws InterruptedException {
        for (int attempt = 1;; attempt++) {
            ReadPace.Turn turn = pace.take(most, System.nanoTime());
            if (stopping.await(turn.waitNanos(), TimeUnit.NANOSECONDS)) {
                return null;
            }
            try {
                ItemPages.Page page = pages.read(number, at.after(), turn.limit());
                pace.used(turn, page.scanned(), page.units());
                return page;
            } catch (ItemPages.TemporaryFailure e) {
                pace.used(turn, 0, 0);
                if (attempt == 1) {
                    notes.accept("Reading segment " + number + " is tried again: " + e.getMessage());
                }
                if (stopping.await(RETRY.delay(attempt, ThreadLocalRandom.current()).toNanos(), TimeUnit.NANOSECONDS)) {
                    return null;
                }
            }
        }
    }

    private Summary summary() {
        Summary.Counts total = Summary.Counts.of(file.segments());
        return new Summary(total, total.since(before), deadLetters.get(), Duration.ofNanos(System.nanoTime() - begun), failure,
                file.complete());
    }
}
