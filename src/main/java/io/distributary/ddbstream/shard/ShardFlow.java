package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.retry.Backoff;

/**
 * Takes the records of one shard through its {@link RecordWindow} to the handler, on as many workers as there is work
 * for, and hands a failed one over again until it is acknowledged. Any thread may call it; nothing foreign is called
 * under its lock.
 */
final class ShardFlow {
    private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
    /** A worker then goes to the end of the pool's queue, so that one busy shard does not starve the others. */
    private static final int RECORDS_PER_TURN = 64;

    private final int refillBelow;
    private final Duration longestRest;
    private final EngineRuntime runtime;
    private final ByteBudget budget;
    private final RecordHandler handler;
    private final Batching batching;
    private final RetryLimits limits;
    private final Runnable onRoom;
    private final Runnable onDrained;
    private final Runnable recheck = this::recheckRoom;
    private final DeliveryLog log;
    private final RecordWindow window;
    private int workers;
    private boolean filling;
    private boolean roomWanted;
    private boolean ended;
    private boolean stopped;
    private boolean progressExpected;

    /**
     * @param shard     table and shard for the log
     * @param onRoom    called when {@link #roomOrCall} has answered false and there is room now
     * @param onDrained called once, when everything up to the shard's end has been acknowledged
     */
    ShardFlow(String shard, EngineSettings settings, EngineRuntime runtime, ByteBudget budget, RecordHandler handler,
            Runnable onRoom, Runnable onDrained) {
        this.log = new DeliveryLog(shard);
        this.batching = settings.batching();
        this.limits = settings.retryLimits();
        this.window = new RecordWindow(settings.maxInFlight(), new ReadyRecords(batching.size(), !batching.window().isZero()),
                batching.lists() ? runtime.workersPerShard() : Integer.MAX_VALUE);
        this.refillBelow = settings.maxResultsPerRequest();
        this.longestRest = RETRY.max().plus(batching.window());
        this.runtime = runtime;
        this.budget = budget;
        this.handler = handler;
        this.onRoom = onRoom;
        this.onDrained = onDrained;
    }

    /** Adds a page, in stream order. */
    void add(List<Slot> page) {
        budget.take(page.stream().mapToLong(slot -> slot.bytes).sum());
        change(() -> window.add(page));
    }

    /** Under the lock, and then finds workers for what it lets go. */
    private void change(Runnable change) {
        int hired;
        synchronized (this) {
            change.run();
            hired = hire();
            expectProgress();
        }
        employ(hired);
    }

    /** The last page has been added: the shard is closed and fully read. */
    void end() {
        boolean drained;
        synchronized (this) {
            ended = true;
            drained = drained();
        }
        change(window::release);
        if (drained) {
            onDrained.run();
        }
    }

    /** True when another page may be read; otherwise {@code onRoom} is called when it may. */
    boolean roomOrCall() {
        synchronized (this) {
            roomWanted = true;
            if (takeRoom()) {
                return true;
            }
            if (window.backlog() >= refillBelow) {
                return false; // our own completions will find the room
            }
        }
        budget.await(recheck);
        boolean room;
        synchronized (this) {
            room = takeRoom(); // it may have come back before we waited
        }
        if (!room) {
            change(window::release); // what waits for a batch to fill holds the bytes
        }
        return room;
    }

    /** @param finishing as in {@link RecordWindow#close}; {@link #inFlight} then says when that is done */
    void suspend(boolean finishing) {
        change(() -> window.close(finishing));
    }

    void resume() {
        change(window::reopen);
    }

    /** Hands out nothing more; completions still move the frontier. */
    synchronized void stop() {
        stopped = true;
        expectProgress();
        window.clear();
    }

    /** Behind the last record of the acknowledged prefix, or null before the first acknowledgement. */
    synchronized Checkpoint checkpoint() {
        return window.checkpoint();
    }

    /** As {@link RecordWindow#oldest}. */
    synchronized Instant oldest() {
        return window.oldest();
    }

    synchronized int inFlight() {
        return window.inFlight();
    }

    synchronized EngineSnapshot.Window view() {
        return window.view();
    }

    synchronized EngineStatus.ShardStatus status(String shardId) {
        return window.status(shardId);
    }

    private void work() {
        for (int n = 0; n < RECORDS_PER_TURN;) {
            Delivery delivery;
            synchronized (this) {
                delivery = stopped ? null : window.take();
                if (delivery == null) {
                    workers--;
                    return;
                }
                expectProgress();
            }
            n += delivery.slots.size();
            delivery.handTo(handler, batching, failure -> completed(delivery, failure));
        }
        runtime.work(this::work);
    }

    private void completed(Delivery delivery, Throwable failure) {
        Failures failures = failure == null ? null : Failures.of(delivery, failure);
        List<Slot> delivered = failures == null ? delivery.slots : failures.delivered();
        List<Delivery> next = List.of();
        boolean news = false;
        int hired;
        boolean room;
        boolean drained;
        synchronized (this) {
            if (!window.finish(delivery)) {
                return;
            }
            if (failures != null) {
                news = failures.news();
                next = fail(delivery, failures);
            }
            window.acknowledge(delivered);
            hired = hire();
            room = takeRoom();
            drained = drained();
            expectProgress();
        }
        log.delivered(delivery, delivered);
        if (failures != null) {
            log.failed(delivery, failures, news, next);
            retryLater(delivery, next);
        }
        budget.release(Slot.bytes(delivered));
        employ(hired);
        if (room) {
            onRoom.run();
        } else if (!delivered.isEmpty()) {
            awaitBytes();
        }
        if (drained) {
            onDrained.run();
        }
    }

    private void expectProgress() {
        boolean expected = !stopped && (window.waiting() || roomWanted && window.isEmpty());
        if (expected != progressExpected) {
            progressExpected = expected;
            runtime.heartbeats().handOut(log.shard(), expected, longestRest);
        }
    }

    /** Counts what has failed and says what comes next; under the lock. */
    private List<Delivery> fail(Delivery delivery, Failures failures) {
        Instant now = runtime.now();
        boolean counts = failures.single() && delivery.exhausted == null;
        failures.failed().forEach((slot, reason) -> window.fail(slot, counts, now, reason));
        return failures.next(delivery, limits, now);
    }

    private void retryLater(Delivery failed, List<Delivery> next) {
        for (Delivery delivery : next) {
            boolean atOnce = delivery.exhausted != null && failed.exhausted == null;
            Duration delay = atOnce ? Duration.ZERO : RETRY.delay(failed.tries, runtime.random());
            runtime.schedule(delay, () -> change(() -> window.retry(delivery)));
        }
    }

    private void recheckRoom() {
        boolean room;
        synchronized (this) {
            room = takeRoom();
        }
        if (room) {
            onRoom.run();
        } else {
            awaitBytes();
        }
    }

    /** Where only bytes are missing, other shards' completions must tell when there are some. */
    private void awaitBytes() {
        boolean room;
        synchronized (this) {
            if (!roomWanted || stopped || window.backlog() >= refillBelow) {
                return;
            }
            budget.await(recheck);
            room = takeRoom();
        }
        if (room) {
            onRoom.run();
        }
    }

    /** A shard with nothing unfinished may always read, or others could starve it of bytes; under the lock. */
    private boolean takeRoom() {
        boolean room = roomWanted && !stopped && window.backlog() < refillBelow && (window.isEmpty() || budget.hasRoom());
        roomWanted &= !room;
        return room;
    }

    private boolean drained() {
        return ended && !stopped && window.isEmpty();
    }

    /** Counts the workers to add for what is ready; under the lock, {@link #employ} them after it. */
    private int hire() {
        if (ended) {
            window.release(); // no more records come to fill a batch
        }
        int hired = stopped ? 0 : Math.max(0, Math.min(window.deliverable(), runtime.workersPerShard() - workers));
        workers += hired;
        return hired;
    }

    private void employ(int hired) {
        for (int i = 0; i < hired; i++) {
            runtime.work(this::work);
        }
        if (!batching.window().isZero()) {
            fill();
        }
    }

    /** Bounds the time for which records wait for a batch to fill. */
    private void fill() {
        synchronized (this) {
            if (filling || stopped || !window.filling()) {
                return;
            }
            filling = true;
        }
        runtime.schedule(batching.window(), () -> change(() -> {
            filling = false;
            window.release();
        }));
    }
}
