package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.List;

import io.distributary.retry.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the records of one shard through its {@link RecordWindow} to the handler, on as many workers as there is work
 * for, and hands a failed one over again until it is acknowledged. Any thread may call it; nothing foreign is called
 * under its lock.
 */
final class ShardFlow {
    private static final Logger LOG = LoggerFactory.getLogger(ShardFlow.class);
    private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
    /** A worker then goes to the end of the pool's queue, so that one busy shard does not starve the others. */
    private static final int RECORDS_PER_TURN = 64;

    private final String shard;
    private final int refillBelow;
    private final EngineRuntime runtime;
    private final ByteBudget budget;
    private final RecordHandler handler;
    private final Runnable onRoom;
    private final Runnable onDrained;
    private final Runnable recheck = this::recheckRoom;

    private final RecordWindow window;
    private int workers;
    private boolean roomWanted;
    private boolean suspended;
    private boolean ended;
    private boolean stopped;

    /**
     * @param shard     table and shard for the log
     * @param onRoom    called when {@link #roomOrCall} has answered false and there is room now
     * @param onDrained called once, when everything up to the shard's end has been acknowledged
     */
    ShardFlow(String shard, EngineSettings settings, EngineRuntime runtime, ByteBudget budget, RecordHandler handler,
            Runnable onRoom, Runnable onDrained) {
        this.shard = shard;
        this.window = new RecordWindow(settings.maxInFlight());
        this.refillBelow = settings.maxResultsPerRequest();
        this.runtime = runtime;
        this.budget = budget;
        this.handler = handler;
        this.onRoom = onRoom;
        this.onDrained = onDrained;
    }

    /** Adds a page, in stream order. */
    void add(List<Slot> page) {
        budget.take(page.stream().mapToLong(slot -> slot.bytes).sum());
        int hired;
        synchronized (this) {
            window.add(page);
            hired = hire();
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
        synchronized (this) {
            return takeRoom(); // it may have come back before we waited
        }
    }

    synchronized void suspend() {
        suspended = true;
    }

    void resume() {
        int hired;
        synchronized (this) {
            suspended = false;
            hired = hire();
        }
        employ(hired);
    }

    /** Hands out nothing more; completions still move the frontier. */
    synchronized void stop() {
        stopped = true;
        window.clear();
    }

    /** The checkpoint's sequence number, or null before the first acknowledgement. */
    synchronized String acknowledged() {
        return window.acknowledged();
    }

    synchronized int inFlight() {
        return window.inFlight();
    }

    synchronized EngineStatus.ShardStatus status(String shardId) {
        return window.status(shardId);
    }

    private void work() {
        for (int n = 0; n < RECORDS_PER_TURN; n++) {
            Slot slot;
            int attempt;
            synchronized (this) {
                slot = suspended || stopped ? null : window.take();
                if (slot == null) {
                    workers--;
                    return;
                }
                attempt = slot.attempts;
            }
            try {
                handler.handle(slot.event, failure -> completed(slot, attempt, failure));
            } catch (RuntimeException | Error e) {
                completed(slot, attempt, e);
            }
        }
        runtime.work(this::work);
    }

    private void completed(Slot slot, int attempt, Throwable failure) {
        int hired = 0;
        boolean room = false;
        boolean drained = false;
        synchronized (this) {
            if (!window.finish(slot, attempt)) {
                return;
            }
            if (failure != null) {
                window.fail(slot);
            } else {
                window.acknowledge(slot);
                hired = hire();
                room = takeRoom();
                drained = drained();
            }
        }
        if (failure != null) {
            retryLater(slot, attempt, failure);
            return;
        }
        if (attempt > 1) {
            LOG.info("{}: record {} delivered at attempt {}", shard, slot.sequenceNumber, attempt);
        }
        budget.release(slot.bytes);
        employ(hired);
        if (room) {
            onRoom.run();
        } else {
            awaitBytes();
        }
        if (drained) {
            onDrained.run();
        }
    }

    private void retryLater(Slot slot, int attempt, Throwable failure) {
        if (attempt == 1) {
            LOG.warn("{}: record {} was not delivered and will be tried again until it is: {}", shard, slot.sequenceNumber,
                    StreamErrors.reason(failure));
        }
        runtime.schedule(RETRY.delay(attempt, runtime.random()), () -> {
            int hired;
            synchronized (this) {
                if (stopped) {
                    return;
                }
                window.retry(slot);
                hired = hire();
            }
            employ(hired);
        });
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
        if (suspended || stopped) {
            return 0;
        }
        int hired = Math.max(0, Math.min(window.ready(), runtime.workersPerShard() - workers));
        workers += hired;
        return hired;
    }

    private void employ(int hired) {
        for (int i = 0; i < hired; i++) {
            runtime.work(this::work);
        }
    }
}
