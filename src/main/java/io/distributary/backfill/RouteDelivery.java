package io.distributary.backfill;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.distributary.event.ChangeEvent;
import io.distributary.event.input.InputEvent;
import io.distributary.feed.RouteFeed;
import io.distributary.replay.DeadLetterCount;
import io.distributary.replay.Replay;
import io.distributary.replay.Summary;

/** As a replay sends them. */
final class RouteDelivery implements Delivery {
    private final RouteFeed route;
    private final DeadLetterCount deadLetters;
    private final int inFlight;
    private final Set<Replay> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** @param inFlight of each page at the same time, at least 1 */
    RouteDelivery(RouteFeed route, DeadLetterCount deadLetters, int inFlight) {
        this.route = route;
        this.deadLetters = deadLetters;
        this.inFlight = inFlight;
    }

    @Override
    public Outcome deliver(List<ChangeEvent> page) throws InterruptedException {
        Replay replay = new Replay(route, deadLetters, inFlight, 0, 0);
        running.add(replay);
        try {
            if (stopped) {
                replay.stop();
            }
            Summary summary = replay.run(page.stream().map(event -> new InputEvent(event, "item " + event.itemKey(), null)).iterator(),
                    progress -> { });
            return new Outcome(summary.done() == page.size(), summary.deadLetters(),
                    summary.failure() == null ? null : summary.failedAt() + ": " + summary.failure());
        } finally {
            running.remove(replay);
        }
    }

    @Override
    public void stop() {
        stopped = true;
        running.forEach(Replay::stop);
    }
}
