package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists a stream's shards at intervals, and at once when one ends, and says which may be read. */
final class ShardListings {
    private static final Logger LOG = LoggerFactory.getLogger(ShardListings.class);
    /** Between two listings that look for something: a child that must come, a parent that may. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration EXPECT_CHILD_FOR = Duration.ofMinutes(1);
    /** A stream that is switched off must look finished for so long: a listing may lack a shard. */
    private static final Duration SETTLED = Duration.ofSeconds(5);
    /** Longer than the stream keeps anything. */
    private static final Duration REMEMBER_ENDED = Duration.ofHours(48);

    private final TableStream stream;
    private final ListingTurns turns;
    private final EngineSettings settings;
    private final EngineRuntime runtime;
    private final CheckpointKeeper keeper;
    private final Consumer<Map<String, Checkpoint>> onReadable;
    private final Runnable onFinished;
    private final String refreshing;

    private ShardLister.Listing latest;
    private final Map<String, Instant> missedSince = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final Map<String, Instant> childless = new HashMap<>();
    /** Shards that a call did not find, until a listing begun later tells. */
    private final Map<String, Instant> notFound = new HashMap<>();
    private final Set<String> vanished = new HashSet<>();
    private Instant finishedSince;
    private boolean finished;
    private boolean lookingAgain;
    private boolean started;
    private boolean stopped;

    ShardListings(TableStream stream, ShardLister lister, EngineSettings settings, EngineRuntime runtime, CheckpointKeeper keeper,
            Trouble trouble, Consumer<Map<String, Checkpoint>> onReadable, Runnable onFinished) {
        this.stream = stream;
        this.turns = new ListingTurns(lister, runtime, trouble, this::take);
        this.settings = settings;
        this.runtime = runtime;
        this.keeper = keeper;
        this.onReadable = onReadable;
        this.onFinished = onFinished;
        this.refreshing = trouble.named("asking for the shards of " + stream.streamArn());
    }

    void start(ShardLister.Listing first) {
        take(first);
        synchronized (this) {
            started = true;
        }
        refreshLater();
    }

    /** False while the readers of the first listing are being started. */
    synchronized boolean started() {
        return started;
    }

    void stop() {
        synchronized (this) {
            stopped = true;
        }
        turns.stop();
    }

    /** The shard's checkpoint is at its end: its children may start, and must be looked for if none is known yet. */
    void shardEnded(String shardId) {
        ShardLister.Listing known;
        boolean look;
        synchronized (this) {
            known = latest;
            look = !known.hasChildOf(shardId);
            if (look && !known.disabled()) {
                childless.put(shardId, runtime.now());
            }
        }
        onReadable.accept(ShardLineage.plan(known.shards(), keeper.all(), missing()).readable());
        if (look) {
            turns.ask(true);
        }
    }

    /** As the last listing has them. */
    synchronized Collection<ListedShard> listed() {
        return latest == null ? List.of() : latest.shards();
    }

    /** True when a listing lacks the shard that begun after this was first asked. */
    boolean vanished(String shardId) {
        synchronized (this) {
            if (vanished.contains(shardId)) {
                return true;
            }
            notFound.putIfAbsent(shardId, runtime.now());
        }
        turns.ask(true);
        return false;
    }

    /** True when a listing has shown the shard as closed; else it is looked for. */
    boolean closed(String shardId) {
        synchronized (this) {
            if (latest.holdsClosed(shardId)) {
                return true;
            }
        }
        turns.ask(true);
        return false;
    }

    private void refreshLater() {
        runtime.heartbeats().expect(refreshing, settings.shardRefreshInterval());
        runtime.schedule(settings.shardRefreshInterval(), () -> {
            synchronized (this) {
                if (stopped) {
                    runtime.heartbeats().rest(refreshing);
                    return;
                }
            }
            turns.ask(false);
            refreshLater();
        });
    }

    private void take(ShardLister.Listing listing) {
        Instant now = runtime.now();
        keeper.forget(ShardLineage.forgettable(listing.shards(), keeper.all(), now.minus(REMEMBER_ENDED)));
        ShardLineage.Plan plan = ShardLineage.plan(listing.shards(), keeper.all(), missing());
        boolean lookAgain;
        boolean finishes;
        synchronized (this) {
            if (listing.disabled() && (latest == null || !latest.disabled())) {
                LOG.warn("Table {}: the stream {} has been switched off; what it still holds is read", stream.tableName(),
                        stream.streamArn());
            }
            latest = listing;
            confirmVanished(listing);
            if (confirmMissing(plan.unknownParents(), now)) {
                plan = ShardLineage.plan(listing.shards(), keeper.all(), Set.copyOf(missing));
            }
            childless.entrySet().removeIf(ended -> listing.disabled() || listing.hasChildOf(ended.getKey())
                    || ended.getValue().plus(EXPECT_CHILD_FOR).isBefore(now));
            finishes = finishes(listing, plan, now);
            lookAgain = !lookingAgain && !finished
                    && (!childless.isEmpty() || !plan.unknownParents().isEmpty() || finishedSince != null);
            lookingAgain |= lookAgain;
        }
        onReadable.accept(plan.readable());
        if (finishes) {
            onFinished.run();
        }
        if (lookAgain) {
            runtime.schedule(LOOK_AGAIN, () -> {
                synchronized (this) {
                    lookingAgain = false;
                }
                turns.ask(true);
            });
        }
    }

    /** True once, when a stream that is switched off has looked finished for long enough; under the lock. */
    private boolean finishes(ShardLister.Listing listing, ShardLineage.Plan plan, Instant now) {
        if (finished || stopped || !listing.disabled() || !plan.unknownParents().isEmpty()
                || !ShardLineage.finished(listing.shards(), keeper.all())) {
            finishedSince = null;
            return false;
        }
        if (finishedSince == null) {
            finishedSince = now;
        }
        finished = !finishedSince.plus(SETTLED).isAfter(now);
        return finished;
    }

    private void confirmVanished(ShardLister.Listing listing) {
        notFound.entrySet().removeIf(asked -> {
            boolean told = asked.getValue().isBefore(listing.begun());
            if (told && !listing.holds(asked.getKey())) {
                vanished.add(asked.getKey());
            }
            return told;
        });
    }

    /** A parent that a second listing, a while later, lacks too is gone for good; true when there is a new one. */
    private boolean confirmMissing(Set<String> unknownParents, Instant now) {
        missedSince.keySet().retainAll(unknownParents);
        boolean confirmed = false;
        for (String parent : unknownParents) {
            Instant since = missedSince.putIfAbsent(parent, now);
            if (since != null && !since.plus(LOOK_AGAIN).isAfter(now)) {
                confirmed |= missing.add(parent);
            }
        }
        return confirmed;
    }

    private synchronized Set<String> missing() {
        return Set.copyOf(missing);
    }
}
