package io.distributary.ddbstream.checkpoint.leased;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.checkpoint.CheckpointsInUseException;
import io.distributary.ddbstream.checkpoint.OwnershipLostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sole ownership by a lease that is renewed, as KCL's leases are: whoever wants it watches it for its duration by its own
 * clock, and takes it only when nobody has renewed it meanwhile. Thread-safe.
 */
final class OwnerLease {
    /** Not renewed for so long, a lease may be taken by another. */
    static final Duration DURATION = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(OwnerLease.class);
    private static final int RENEWALS = 3;
    private static final int LOOKS = 20;

    private final LeaseRow row;
    private final String application;
    private final String table;
    private final String place;
    private final String remedy;
    private final Duration duration;
    private final String self;
    private ScheduledExecutorService heart;
    private String version;
    private OwnershipLostException lost;

    /**
     * @param place  where the checkpoints are, for messages: {@code DynamoDB table distributary-checkpoints}
     * @param remedy the option that gives a second route a place of its own
     */
    OwnerLease(LeaseRow row, String application, String table, String place, String remedy, Duration duration) {
        this.row = row;
        this.application = application;
        this.table = table;
        this.place = place;
        this.remedy = remedy;
        this.duration = duration;
        this.self = host() + " process " + ProcessHandle.current().pid() + " since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + " (" + UUID.randomUUID().toString().substring(0, 8) + ")";
    }

    /** This owner, as others see it. */
    String self() {
        return self;
    }

    /** Takes the lease and renews it from now on; waits for an owner that may have died, for the lease's duration at most. */
    void take() {
        Lease present = row.read().orElse(null);
        if (present != null && !present.application().equals(application)) {
            throw new CheckpointException("The checkpoints for table '" + table + "' in the " + place + " belong to application '"
                    + present.application() + "', not to '" + application + "': set another " + remedy + " for each application.");
        }
        if (present != null && present.owner() != null) {
            present = outwait(present);
        }
        Optional<String> taken = row.write(self, present == null ? null : present.version());
        synchronized (this) {
            version = taken.orElseGet(() -> reclaim(true));
            lost = null;
            heart = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "DdbStreamLease-" + table);
                thread.setDaemon(true);
                return thread;
            });
            long every = duration.toMillis() / RENEWALS;
            heart.scheduleWithFixedDelay(this::beat, every, every, TimeUnit.MILLISECONDS);
        }
    }

    private Lease outwait(Lease seen) {
        LOG.info("Table {}: its checkpoints are owned by {}; waiting up to {} s to see whether it still runs", table,
                seen.owner(), Math.max(1, duration.toSeconds()));
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + duration.toNanos();
        while (true) {
            try {
                never.await(duration.toMillis() / LOOKS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CheckpointException.unreachable("Interrupted while waiting for " + seen.owner(), e);
            }
            Lease now = row.read().orElse(null);
            if (now == null || now.owner() == null) {
                return now;
            }
            if (!now.version().equals(seen.version())) {
                throw new CheckpointsInUseException(inUse(now.owner()));
            }
            if (System.nanoTime() >= end) {
                return now;
            }
        }
    }

    private void beat() {
        try {
            renew();
        } catch (OwnershipLostException e) {
            LOG.debug("Table {}: the lease is lost; the next save says so", table, e);
        } catch (RuntimeException e) {
            LOG.debug("Table {}: the lease is not renewed; the next save says why", table, e);
        }
    }

    /** Proves the ownership at the store. */
    synchronized void renew() {
        verify();
        version = row.write(self, version).orElseGet(() -> reclaim(false));
    }

    /** The row has changed: by a write of ours whose answer was lost, by a person who deleted it, or by another owner. */
    private String reclaim(boolean taking) {
        Lease now = row.read().orElse(null);
        if (now != null && self.equals(now.owner())) {
            return now.version();
        }
        if (now == null) {
            Optional<String> again = row.write(self, null);
            if (again.isPresent()) {
                return again.get();
            }
            now = row.read().orElse(null);
        }
        String owner = now == null || now.owner() == null ? "somebody else" : now.owner();
        if (taking) {
            throw new CheckpointsInUseException(inUse(owner));
        }
        throw lose("were taken over by " + owner);
    }

    /** Remembers that another writer was seen, and returns the exception to throw. */
    synchronized OwnershipLostException lose(String how) {
        if (lost == null) {
            lost = new OwnershipLostException("The checkpoints of application '" + application + "' for table '" + table + "' in the "
                    + place + " " + how + ": this route reads no further. Run one of them only, or give each its own "
                    + remedy + "; then restart this route.");
        }
        return lost;
    }

    synchronized void verify() {
        if (lost != null) {
            throw lost;
        }
        if (version == null) {
            throw new CheckpointException("The checkpoint store of table '" + table + "' is closed.");
        }
    }

    /** Runs a write during which the lease is not renewed by another thread. */
    synchronized <T> T whileHeld(Supplier<T> write) {
        verify();
        return write.get();
    }

    /** Gives the lease up; nothing is left to do where it is lost or was never taken. */
    synchronized void release() {
        if (heart != null) {
            heart.shutdownNow();
            heart = null;
        }
        if (version != null && lost == null) {
            try {
                row.write(null, version);
            } catch (RuntimeException e) {
                LOG.warn("Table {}: the ownership of its checkpoints was not given up, so the next start waits {} s: {}", table,
                        duration.toSeconds(), e.getMessage());
            }
        }
        version = null;
    }

    private String inUse(String owner) {
        return "The checkpoints of application '" + application + "' for table '" + table + "' are in use by " + owner + " (" + place
                + "): stop the other one, or give this route another " + remedy + ".";
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return e.getMessage().replaceFirst(":.*", ""); // "name: reason"
        }
    }
}
