package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one shard on their way: read, handed out through {@link Lanes} inside a window behind the
 * {@link Frontier}, handed out again after a failure, acknowledged. Any thread may call it; nothing foreign is called
 * under its lock.
 */
final class ShardFlow {
    private static final Logger LOG = LoggerFactory.getLogger(ShardFlow.class);
    private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
    /** A worker then goes to the end of the pool's queue, so that one busy shard does not starve the others. */
    private static final int RECORDS_PER_TURN = 64;

    private final String shard;
    private final int window;
    private final int refillBelow;
    private final EngineRuntime runtime;
    private final ByteBudget budget;
    private final RecordHandler handler;
    private final Runnable onRoom;
    private final Runnable onDrained;

    private final Runnable recheck = this::recheckRoom;

    private final ArrayDeque<Slot> backlog = new ArrayDeque<>();
    private final ArrayDeque<Slot> ready = new ArrayDeque<>();
    private final Lanes lanes = new Lanes();
    private final Frontier frontier = new Frontier();
    private int workers;
    private int inFlight;
    private int failing;
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
        this.window = settings.maxInFlight();
        this.refillBelow = settings.maxResultsPerRequest();
        this.runtime = runtime;
        this.budget = budget;
        this.handler = handler;
        this.onRoom = onRoom;
        this.onDrained = onDrained;
    }

    /** Adds a page, in stream order. */
    void add(List<Slot> page) {
        long bytes = 0;
        for (Slot slot : page) {
            bytes += slot.bytes;
        }
        budget.take(bytes);
        int hire;
        synchronized (this) {
            backlog.addAll(page);
            admit();
            hire = hire();
        }
        employ(hire);
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
            if (room()) {
                return true;
            }
            roomWanted = true;
            if (backlog.size() >= refillBelow) {
                return false; // our own completions will find the room
            }
        }
        budget.await(recheck);
        synchronized (this) {
            if (room()) { // came back before we waited
                roomWanted = false;
                return true;
            }
        }
        return false;
    }

    synchronized void suspend() {
        suspended = true;
    }

    void resume() {
        int hire;
        synchronized (this) {
            suspended = false;
            hire = hire();
        }
        employ(hire);
    }

    /** Hands out nothing more; completions still move the frontier. */
    synchronized void stop() {
        stopped = true;
        backlog.clear();
        ready.clear();
    }

    /** The checkpoint's sequence number, or null before the first acknowledgement. */
    synchronized String acknowledged() {
        return frontier.sequenceNumber();
    }

    synchronized int inFlight() {
        return inFlight;
    }

    synchronized EngineStatus.ShardStatus status(String shardId) {
        return new EngineStatus.ShardStatus(shardId, frontier.sequenceNumber(), frontier.span() + backlog.size(), failing);
    }

    private void work() {
        for (int n = 0; n < RECORDS_PER_TURN; n++) {
            Slot slot;
            int attempt;
            synchronized (this) {
                slot = suspended || stopped ? null : ready.pollFirst();
                if (slot == null) {
                    workers--;
                    return;
                }
                slot.running = true;
                attempt = ++slot.attempts;
                inFlight++;
            }
            hand(slot, attempt);
        }
        runtime.work(this::work);
    }

    private void hand(Slot slot, int attempt) {
        try {
            handler.handle(slot.event, failure -> completed(slot, attempt, failure));
        } catch (RuntimeException | Error e) {
            completed(slot, attempt, e);
        }
    }

    private void completed(Slot slot, int attempt, Throwable failure) {
        int hire;
        boolean room;
        boolean drained;
        synchronized (this) {
            if (!slot.running || slot.attempts != attempt) {
                return; // completed twice
            }
            slot.running = false;
            inFlight--;
            if (failure != null) {
                failing += attempt == 1 ? 1 : 0;
                hire = 0;
                room = false;
                drained = false;
            } else {
                failing -= attempt > 1 ? 1 : 0;
                acknowledge(slot);
                hire = hire();
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
        employ(hire);
        if (room) {
            onRoom.run();
        } else {
            awaitBytes();
        }
        if (drained) {
            onDrained.run();
        }
    }

    private void acknowledge(Slot slot) {
        frontier.acknowledge(slot);
        Slot next = lanes.leave(slot);
        if (next != null && !stopped) {
            ready.addLast(next);
        }
        admit();
    }

    private void retryLater(Slot slot, int attempt, Throwable failure) {
        if (attempt == 1) {
            LOG.warn("{}: record {} was not delivered and will be tried again until it is: {}", shard, slot.sequenceNumber,
                    StreamErrors.reason(failure));
        }
        runtime.schedule(RETRY.delay(attempt, runtime.random()), () -> {
            int hire;
            synchronized (this) {
                if (stopped) {
                    return;
                }
                ready.addFirst(slot);
                hire = hire();
            }
            employ(hire);
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

    /** Where only bytes are missing, others' completions must tell when there are some. */
    private void awaitBytes() {
        boolean room;
        synchronized (this) {
            if (!roomWanted || stopped || backlog.size() >= refillBelow) {
                return;
            }
            budget.await(recheck);
            room = takeRoom();
        }
        if (room) {
            onRoom.run();
        }
    }

    /** Moves records into the window; under the lock. */
    private void admit() {
        while (!backlog.isEmpty() && frontier.span() < window) {
            Slot slot = backlog.pollFirst();
            frontier.add(slot);
            if (lanes.enter(slot)) {
                ready.addLast(slot);
            }
        }
    }

    /** A shard with nothing unfinished may always read, or others could starve it of bytes; under the lock. */
    private boolean room() {
        return backlog.size() < refillBelow && (backlog.isEmpty() && frontier.span() == 0 || budget.hasRoom());
    }

    private boolean takeRoom() {
        if (!roomWanted || stopped || !room()) {
            return false;
        }
        roomWanted = false;
        return true;
    }

    private boolean drained() {
        return ended && !stopped && backlog.isEmpty() && frontier.span() == 0;
    }

    /** Counts the workers to add for what is ready; under the lock, {@link #employ} them after it. */
    private int hire() {
        if (suspended || stopped) {
            return 0;
        }
        int hire = Math.min(ready.size(), runtime.workersPerShard() - workers);
        workers += Math.max(hire, 0);
        return Math.max(hire, 0);
    }

    private void employ(int hire) {
        for (int i = 0; i < hire; i++) {
            runtime.work(this::work);
        }
    }
}
