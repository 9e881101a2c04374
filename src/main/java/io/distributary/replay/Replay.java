package io.distributary.replay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.distributary.event.ChangeEvent;
import io.distributary.event.input.InputEvent;
import io.distributary.feed.RouteFeed;

/**
 * Sends records through a route, in order for each item, so many in flight and so many a second. It ends with the records, when
 * the route fails for one and no dead letter channel takes it, or when it is told to stop; what is in flight is waited for.
 * Batches go one after the other, and one that fails is split, as its source would. Runs on the caller's thread; only
 * {@link #stop()} may be called by others.
 */
public final class Replay {
    private static final Duration PROGRESS = Duration.ofMillis(500);

    private record Answer(Unit unit, Throwable failure) {
    }

    /** Where the records go. */
    interface Target {
        int batchSize();

        void send(List<ChangeEvent> events, Consumer<Throwable> done);
    }

    private final Target target;
    private final DeadLetterCount deadLetters;
    private final int maxInFlight;
    private final Pace pace;
    private final Frontier frontier;
    private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final ReplayLanes lanes = new ReplayLanes();
    private final Deque<Unit> ready = new ArrayDeque<>();
    private volatile boolean stopped;

    private InputEvent ahead;
    private long read;
    private int waiting; // read and not answered yet
    private int inFlight;
    private long sent;
    private long done;
    private long began;
    /** The number of the first unit that failed: those before it still go, so that what can be skipped ends there. */
    private long end = Long.MAX_VALUE;
    private String failedAt;
    private String failure;
    private RuntimeException unreadable;

    /**
     * @param maxInFlight units that are read and not done, at least 1
     * @param perSecond   records, 0 for as fast as it goes
     * @param skip        records from the first on that are left out
     */
    public Replay(RouteFeed route, DeadLetterCount deadLetters, int maxInFlight, double perSecond, long skip) {
        this(new Target() {
            @Override
            public int batchSize() {
                return route.batchSize();
            }

            @Override
            public void send(List<ChangeEvent> events, Consumer<Throwable> answer) {
                if (batchSize() == 0) {
                    route.send(events.get(0), answer);
                } else {
                    route.send(events, answer);
                }
            }
        }, deadLetters, maxInFlight, perSecond, skip);
    }

    Replay(Target target, DeadLetterCount deadLetters, int maxInFlight, double perSecond, long skip) {
        this.target = target;
        this.deadLetters = deadLetters;
        this.maxInFlight = target.batchSize() == 0 ? maxInFlight : 1;
        this.pace = new Pace(perSecond);
        this.frontier = new Frontier(skip);
        this.read = skip;
    }

    /** Hands no further record to the route. */
    public void stop() {
        stopped = true;
        answers.add(new Answer(null, null)); // wakes the thread that runs
    }

    /**
     * @param records  those to skip included
     * @param progress told twice a second at most
     * @throws RuntimeException what the records throw, when everything before is done
     */
    public Summary run(Iterator<InputEvent> records, Consumer<Summary> progress) throws InterruptedException {
        began = System.nanoTime();
        long told = began;
        for (long i = 0; i < frontier.reached() && records.hasNext(); i++) {
            records.next();
        }
        while (true) {
            fill(records);
            long wait = ready.isEmpty() || stopped ? Long.MAX_VALUE : pace.waitNanos(System.nanoTime());
            if (wait == 0) {
                send(ready.poll());
                take(answers.poll());
            } else if (inFlight == 0 && wait == Long.MAX_VALUE) {
                break;
            } else {
                take(answers.poll(Math.min(wait, PROGRESS.toNanos()), TimeUnit.NANOSECONDS));
            }
            if (System.nanoTime() - told > PROGRESS.toNanos()) {
                told = System.nanoTime();
                progress.accept(summary());
            }
        }
        if (unreadable != null) {
            throw unreadable;
        }
        return summary();
    }

    private void fill(Iterator<InputEvent> records) {
        while (!stopped && failure == null && unreadable == null && waiting < maxInFlight) {
            Unit unit = next(records);
            if (unit == null) {
                return;
            }
            waiting++;
            if (lanes.enter(unit)) {
                ready.add(unit);
            }
        }
    }

    /** Null at the end, or where what comes next cannot be read. */
    private Unit next(Iterator<InputEvent> records) {
        List<InputEvent> unit = new ArrayList<>();
        Set<String> items = new HashSet<>();
        try {
            while (unit.size() < Math.max(1, target.batchSize()) && (ahead != null || records.hasNext())) {
                InputEvent record = ahead != null ? ahead : records.next();
                ahead = record;
                if (!items.add(record.event().source().tableName() + '|' + record.event().itemKey())) {
                    break;
                }
                ahead = null;
                unit.add(record);
            }
        } catch (RuntimeException e) {
            unreadable = e;
        }
        if (unit.isEmpty()) {
            return null;
        }
        Unit made = new Unit(read, List.copyOf(unit));
        read += unit.size();
        return made;
    }

    private void send(Unit unit) {
        inFlight++;
        sent += unit.records().size();
        pace.went(unit.records().size(), System.nanoTime());
        target.send(unit.records().stream().map(InputEvent::event).toList(), thrown -> answers.add(new Answer(unit, thrown)));
    }

    private void take(Answer answer) {
        if (answer == null || answer.unit() == null) {
            return;
        }
        Unit unit = answer.unit();
        inFlight--;
        if (answer.failure() != null && unit.records().size() > 1) {
            split(unit);
            return;
        }
        waiting--;
        if (answer.failure() == null) {
            done += unit.records().size();
            frontier.done(unit);
            Unit next = lanes.leave(unit);
            if (next != null && next.number() < end) {
                ready.add(next);
            }
        } else if (unit.number() < end) {
            end = unit.number();
            ready.removeIf(later -> later.number() > end);
            failure = String.valueOf(answer.failure().getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
            failedAt = unit.records().get(0).place();
        }
    }

    /** Each record alone, in order; the source does the same, only faster. */
    private void split(Unit unit) {
        sent -= unit.records().size();
        waiting += unit.records().size() - 1;
        lanes.leave(unit);
        for (int i = 0; i < unit.records().size(); i++) {
            Unit alone = new Unit(unit.number() + i, List.of(unit.records().get(i)));
            lanes.enter(alone);
            ready.add(alone);
        }
    }

    private Summary summary() {
        return new Summary(sent, done, deadLetters.count(), frontier.reached(), Duration.ofNanos(System.nanoTime() - began), failedAt,
                failure, stopped || failure != null);
    }
}
