package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.function.Consumer;

import io.distributary.retry.Backoff;

/**
 * Lists a stream's shards page by page, each page when the {@link DescribePace} allows it, and after a failure again
 * after a while. One listing at a time; no thread waits.
 */
final class ListingTurns {
    private static final String LISTING = "listing the shards";
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final ShardLister lister;
    private final EngineRuntime runtime;
    private final Trouble trouble;
    private final Consumer<ShardLister.Listing> onListing;
    private final String loop;

    /** The listing that waits for its turn or is under way, or null. */
    private ShardLister.Walk walk;
    private boolean cannotWait;
    /** True when another listing was asked for that must begin after the one under way. */
    private boolean again;
    private boolean backingOff;
    private boolean stopped;
    private int failures;
    /** Of the turns that were scheduled only the last one counts. */
    private int turn;

    ListingTurns(ShardLister lister, EngineRuntime runtime, Trouble trouble, Consumer<ShardLister.Listing> onListing) {
        this.lister = lister;
        this.runtime = runtime;
        this.trouble = trouble;
        this.onListing = onListing;
        this.loop = trouble.named(LISTING);
    }

    synchronized void stop() {
        stopped = true;
    }

    /** Asks for a listing that begins after this moment, or when it can wait, for one at all. */
    void ask(boolean urgent) {
        int mine;
        synchronized (this) {
            if (stopped || backingOff) {
                return; // a listing is to come
            }
            if (walk != null && (cannotWait || !urgent)) {
                again |= urgent && walk.begun(); // what is looked for may belong to a page that has been read
                return;
            }
            walk = lister.begin(); // instead of one that can wait, which may take long
            cannotWait = urgent;
            mine = ++turn;
        }
        runtime.io(() -> page(mine));
    }

    private void page(int mine) {
        ShardLister.Walk current;
        synchronized (this) {
            if (stopped || mine != turn) {
                return;
            }
            Duration wait = runtime.describePace().take(runtime.now(), cannotWait);
            if (!wait.isZero()) {
                runtime.ioLater(wait, () -> page(mine));
                return;
            }
            current = walk;
            current.begin(runtime.now());
        }
        runtime.heartbeats().expect(loop, Duration.ZERO);
        try {
            ShardLister.Listing listing = current.nextOrGone();
            runtime.heartbeats().rest(loop);
            if (listing == null) {
                runtime.io(() -> page(mine));
            } else {
                done(mine, listing);
            }
        } catch (RuntimeException e) {
            runtime.heartbeats().rest(loop);
            failed(mine, e);
        }
    }

    private void done(int mine, ShardLister.Listing listing) {
        boolean another;
        synchronized (this) {
            if (mine != turn) {
                return; // another listing has begun instead
            }
            another = again;
            walk = null;
            again = false;
            failures = 0;
        }
        trouble.end(LISTING);
        onListing.accept(listing);
        if (another) {
            ask(true);
        }
    }

    private void failed(int mine, RuntimeException failure) {
        Duration delay;
        synchronized (this) {
            if (stopped || mine != turn) {
                return; // failed because the threads are being ended, perhaps
            }
            walk = null;
            again = false;
            backingOff = true;
            delay = BACKOFF.delay(++failures, runtime.random());
        }
        trouble.begin(LISTING, StreamErrors.reason(failure));
        runtime.schedule(delay, () -> {
            synchronized (this) {
                backingOff = false;
            }
            ask(true);
        });
    }
}
