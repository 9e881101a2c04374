package io.distributary.redrive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;

import java.util.List;
import java.util.Map;
import java.util.Queue;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.distributary.deadletter.store.DeadLetterStore;
import io.distributary.deadletter.store.StoredDeadLetter;
import io.distributary.event.ChangeEvent;
import io.distributary.replay.Pace;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the dead letters of a store again, each to the target that failed alone, through the routes of a context, in order for each
 * item. It reads them in portions, sends the items of a portion side by side, and takes a letter out of the store when its target has
 * accepted the change. Runs once, on the caller's thread and some of its own; only {@link #stop()} and {@link #summary()} may be called
 * by others.
 */
public final class Redrive {
    /** Tells how items are now. */
    interface Items extends AutoCloseable {
        /** Never throws: what cannot be read is not known. */
        TableItem of(ChangeEvent change);

        @Override
        void close();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Redrive.class);
    private static final Duration PROGRESS = Duration.ofMillis(500);
    /** Stores give back within two minutes what a killed reader had. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    /** Letters in memory, and characters of them: a record is held as text and as objects. */
    private static final int PORTION = 10_000;
    private static final long PORTION_CHARACTERS = Math.max(4L << 20, Runtime.getRuntime().maxMemory() / 32);

    private final CamelContext context;
    private final DeadLetterStore store;
    private final RedriveOptions options;
    private final Consumer<RedriveResult> results;
    private final Items items;
    private final Duration patience;
    private final Pace pace;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Map<RedriveOutcome, Long> outcomes = new EnumMap<>(RedriveOutcome.class);
    private final AtomicLong begun = new AtomicLong();
    private volatile long read;
    private volatile long left;
    private volatile long withOthers;
    private long waitingSince;
    private volatile long began;

    /**
     * @param context with the routes, which has started
     * @param results told of every dead letter that is meant, by one thread at a time
     */
    public Redrive(CamelContext context, DeadLetterStore store, RedriveOptions options, Consumer<RedriveResult> results) {
        this(context, store, options, results, new TableItems(context), PATIENCE);
    }

    /** @param patience with other readers */
    Redrive(CamelContext context, DeadLetterStore store, RedriveOptions options, Consumer<RedriveResult> results, Items items, Duration patience) {
        this.patience = patience;
        this.context = context;
        this.items = items;
        this.store = store;
        this.options = options;
        this.results = results;
        this.pace = new Pace(options.perSecond());
    }

    /** Begins with no further dead letter; what is under way is finished. */
    public void stop() {
        stopping.countDown();
    }

    boolean stopped() {
        return stopping.getCount() == 0;
    }

    /** Where it is. */
    public RedriveSummary summary() {
        synchronized (outcomes) {
            return new RedriveSummary(read, left, outcomes, withOthers, Duration.ofNanos(began == 0 ? 0 : System.nanoTime() - began), stopped());
        }
    }

    /**
     * @param progress told twice a second at most
     * @throws RuntimeException what the store throws when it is read; what is under way is finished before
     */
    public RedriveSummary run(Consumer<RedriveSummary> progress) throws InterruptedException {
        began = System.nanoTime();
        OnlyTargetSteps.of(context).use();
        ExecutorService workers = context.getExecutorServiceManager().newFixedThreadPool(this, "redrive", options.inFlight());
        try (items) {
            ItemRedrive lanes = new ItemRedrive(this, new SourceRoutes(context), items);
            List<StoredDeadLetter> overtaken = List.of();
            Portion portion = read(overtaken, progress);
            while (portion.fresh() > 0) {
                overtaken = work(portion, lanes, workers, progress);
                if (overtaken.size() > PORTION / 2) {
                    held(overtaken);
                    overtaken = List.of();
                }
                portion = read(overtaken, progress);
            }
            held(overtaken);
        } finally {
            context.getExecutorServiceManager().shutdownGraceful(workers);
        }
        return summary();
    }

    private void held(List<StoredDeadLetter> overtaken) {
        overtaken.forEach(each -> result(each, RedriveOutcome.HELD, ItemRedrive.OVERTAKEN));
    }

    /**
     * @param letters with a change
     * @param fresh   how many came out of the store
     */
    private record Portion(List<StoredDeadLetter> letters, long fresh) {
    }

    /** @param overtaken by something that may turn out to be among the next letters */
    private Portion read(List<StoredDeadLetter> overtaken, Consumer<RedriveSummary> progress) throws InterruptedException {
        List<StoredDeadLetter> letters = new ArrayList<>(overtaken);
        long characters = letters.stream().mapToLong(each -> each.letter().json().length()).sum();
        long fresh = 0;
        while (!stopped() && letters.size() < PORTION && (characters < PORTION_CHARACTERS || fresh == 0) && hasNext(progress)) {
            StoredDeadLetter letter = store.next();
            fresh++;
            read++;
            if (letter.letter().event() != null) {
                letters.add(letter);
                characters += letter.letter().json().length();
            } else if (options.filter().matches(letter.letter())) {
                result(letter, RedriveOutcome.NOT_FED, "there is no change of a table in it");
            }
        }
        return new Portion(letters, fresh);
    }

    /** Waits for what a killed reader has, since older letters of an item may be among it. */
    private boolean hasNext(Consumer<RedriveSummary> progress) throws InterruptedException {
        boolean next = store.hasNext();
        while (!next) {
            withOthers = store.withOthers();
            if (withOthers == 0) {
                return false;
            }
            if (waitingSince == 0) {
                waitingSince = System.nanoTime();
                LOG.warn("{}: some of its entries are with another reader, or with one that was killed, and come back within two minutes then:"
                        + " waiting for them", store.name());
            }
            if (System.nanoTime() - waitingSince > patience.toNanos() || stopping.await(PROGRESS.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            progress.accept(summary());
            next = store.hasNext();
        }
        return true;
    }

    /** Answers those that are overtaken as far as is known. */
    private List<StoredDeadLetter> work(Portion portion, ItemRedrive lanes, ExecutorService workers, Consumer<RedriveSummary> progress)
            throws InterruptedException {
        Queue<ItemLetters> waiting = new ConcurrentLinkedQueue<>(ItemLetters.of(portion.letters()));
        Queue<StoredDeadLetter> overtaken = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(options.inFlight());
        for (int i = 0; i < options.inFlight(); i++) {
            workers.execute(() -> {
                try {
                    for (ItemLetters item = waiting.poll(); item != null && !stopped(); item = waiting.poll()) {
                        overtaken.addAll(lanes.run(item));
                    }
                } finally {
                    done.countDown();
                }
            });
        }
        while (!done.await(PROGRESS.toMillis(), TimeUnit.MILLISECONDS)) {
            progress.accept(summary());
        }
        return List.copyOf(overtaken);
    }

    boolean isMeant(StoredDeadLetter letter) {
        return options.filter().matches(letter.letter());
    }

    RedriveOptions options() {
        return options;
    }

    DeadLetterStore store() {
        return store;
    }

    /** Waits for its turn; false where there is none any more. */
    boolean awaitTurn() throws InterruptedException {
        if (options.max() > 0 && begun.incrementAndGet() > options.max()) {
            stop();
            return false;
        }
        long wait;
        synchronized (pace) {
            long now = System.nanoTime();
            wait = pace.waitNanos(now);
            pace.went(1, now + wait);
        }
        return !stopping.await(wait, TimeUnit.NANOSECONDS);
    }

    void leftOut(int letters) {
        synchronized (outcomes) {
            left += letters;
        }
    }

    void result(StoredDeadLetter letter, RedriveOutcome outcome, String reason) {
        synchronized (outcomes) {
            outcomes.merge(outcome, 1L, Long::sum);
            results.accept(new RedriveResult(letter, outcome, reason));
        }
    }
}
