package io.distributary.coalesce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.distributary.errors.OutOfMemory;
import io.distributary.retry.Backoff;

/**
 * Puts entries that are in flight at the same time into one request, and completes each by its own outcome. An entry that
 * may succeed later is sent again within {@link Limits#retryFor()}, and no later entry of its lane overtakes it. While
 * nothing is in flight nothing waits. Thread-safe; nothing foreign is called under its lock.
 *
 * @param <M> what the transport sends
 */
public final class Coalescer<M> implements AutoCloseable {
    private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    /**
     * What a coalescer runs on.
     *
     * @param senders call the transport; {@code Runnable::run} for one that never blocks
     * @param workers continue routes
     * @param width   how many of the workers it may keep busy
     * @param timer   for lingering and back-off
     * @param nanos   the time
     * @param random  the jitter
     */
    public record Threads(Executor senders, Executor workers, int width, Timer timer, LongSupplier nanos,
            RandomGenerator random) {
    }

    /** Runs short tasks later. */
    @FunctionalInterface
    public interface Timer {
        void schedule(Runnable task, long nanos);
    }

    private final String target;
    private final Limits limits;
    private final Transport<M> transport;
    private final Threads threads;
    private final TargetMeters meters;
    private final Completions completions;

    private final ThreadLocal<Boolean> flushing = new ThreadLocal<>();
    private final SendQueue<M> queue;
    /** Entries that wait for their next attempt. */
    private final Set<Entry<M>> resting = new HashSet<>();
    private long buffered;
    private boolean alarmSet;
    private boolean closed;

    /** @param target the endpoint as failures name it, without secrets */
    public Coalescer(String target, Limits limits, Transport<M> transport, Threads threads, TargetMeters meters) {
        this.target = target;
        this.limits = limits;
        this.transport = transport;
        this.threads = threads;
        this.meters = meters;
        this.completions = new Completions(threads.workers(), threads.width());
        this.queue = new SendQueue<>(limits);
    }

    /** The endpoint as failures name it. */
    public String target() {
        return target;
    }

    /**
     * Takes an entry; blocks while {@link Limits#bufferedBytes()} are waiting or in flight.
     *
     * @throws InterruptedException while blocked; the entry was not taken
     */
    public void submit(Entry<M> entry) throws InterruptedException {
        boolean taken;
        synchronized (this) {
            while (!closed && buffered > 0 && buffered + entry.bytes() > limits.bufferedBytes()) {
                wait();
            }
            taken = !closed;
            if (taken) {
                buffered += entry.bytes();
                queue.add(entry, threads.nanos().getAsLong());
            }
        }
        if (taken) {
            flush();
        } else {
            fail(List.of(entry));
        }
    }

    /** Entries that were not sent, or wait to be sent again, fail; those in flight complete by their answer. */
    @Override
    public void close() {
        List<Entry<M>> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(queue.drain());
            for (Entry<M> entry : resting) {
                for (Entry<M> next = entry; next != null; next = next.follower) {
                    left.add(next);
                }
            }
            resting.clear();
            notifyAll();
        }
        fail(left);
    }

    private void fail(List<Entry<M>> entries) {
        completions.add(entries.stream().<Runnable>map(entry -> () -> entry.complete(new DeliveryException(target, entry.id(),
                "stopped before it was sent", false, entry.attempts, null))).toList());
    }

    private void flush() {
        if (flushing.get() != null) {
            return; // a transport answered at once on the thread that sends: that goes on by itself
        }
        flushing.set(Boolean.TRUE);
        try {
            sendAll();
        } finally {
            flushing.remove();
        }
    }

    private void sendAll() {
        while (true) {
            List<Entry<M>> batch;
            synchronized (this) {
                long now = threads.nanos().getAsLong();
                long wait = closed ? SendQueue.NOTHING : queue.waitNanos(now);
                if (wait > 0) {
                    setAlarm(wait);
                    return;
                }
                batch = queue.take();
                for (Entry<M> entry : batch) {
                    entry.firstSentAt = entry.attempts++ == 0 ? now : entry.firstSentAt;
                }
            }
            threads.senders().execute(() -> send(batch));
        }
    }

    private void setAlarm(long wait) {
        if (wait == SendQueue.NOTHING || alarmSet) {
            return;
        }
        alarmSet = true;
        threads.timer().schedule(() -> {
            synchronized (this) {
                alarmSet = false;
            }
            flush();
        }, wait);
    }

    private void send(List<Entry<M>> batch) {
        meters.sent(batch.size(), batch.stream().mapToLong(Entry::bytes).sum());
        try {
            transport.send(batch.stream().map(Entry::message).toList())
                    .whenComplete((outcomes, failure) -> answered(batch, failure != null ? all(batch, failure) : outcomes));
        } catch (RuntimeException | Error e) {
            answered(batch, all(batch, e));
        }
    }

    private List<Outcome> all(List<Entry<M>> batch, Throwable failure) {
        OutOfMemory.check(failure);
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Outcome outcome = new Outcome.Retryable(cause.toString(), cause);
        return batch.stream().map(entry -> outcome).toList();
    }

    private void answered(List<Entry<M>> batch, List<Outcome> given) {
        List<Outcome> outcomes = given.size() == batch.size() ? given
                : all(batch, new IllegalStateException(given.size() + " outcomes for " + batch.size() + " entries"));
        List<Runnable> completed = new ArrayList<>(batch.size());
        List<Entry<M>> left;
        synchronized (this) {
            queue.answered();
            long now = threads.nanos().getAsLong();
            for (int i = 0; i < batch.size(); i++) {
                take(batch.get(i), outcomes.get(i), now, completed);
            }
            left = closed ? queue.drain() : List.of();
            notifyAll();
        }
        flush();
        completions.add(completed);
        fail(left);
    }

    /** Under the lock. */
    private void take(Entry<M> entry, Outcome outcome, long now, List<Runnable> completed) {
        DeliveryException failure = null;
        meters.answered(outcome);
        if (outcome instanceof Outcome.Retryable retryable) {
            Duration delay = RETRY.delay(entry.attempts, threads.random());
            if (!closed && now + delay.toNanos() - entry.firstSentAt <= limits.retryFor().toNanos()) {
                meters.retried();
                resting.add(entry);
                threads.timer().schedule(() -> again(entry), delay.toNanos());
                return;
            }
            failure = new DeliveryException(target, entry.id(), retryable.reason(), false, entry.attempts, retryable.cause());
        } else if (outcome instanceof Outcome.Refused refused) {
            failure = new DeliveryException(target, entry.id(), refused.reason(), true, entry.attempts, refused.cause());
        }
        buffered -= entry.bytes();
        queue.leave(entry, now);
        if (failure == null) {
            meters.accepted(now - entry.firstSentAt);
        } else {
            meters.failed();
        }
        DeliveryException result = failure;
        completed.add(() -> entry.complete(result));
    }

    private void again(Entry<M> entry) {
        synchronized (this) {
            if (!resting.remove(entry)) {
                return; // closed meanwhile
            }
            queue.again(entry);
        }
        flush();
    }
}
