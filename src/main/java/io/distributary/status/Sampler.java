package io.distributary.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.distributary.status.Counted.Key;
import io.distributary.status.Counted.What;

/**
 * Rates of what the meters count, for the last {@value #POINTS} intervals: bounded in memory, whatever is counted. Thread-safe.
 */
final class Sampler {
    static final int POINTS = 60;
    static final Duration INTERVAL = Duration.ofSeconds(5);
    /** A topic for each item can make as many targets. */
    static final int MAX_SERIES = 1_000;
    private static final Set<What> SAMPLED = EnumSet.of(What.READ, What.OUTCOMES, What.DEAD_LETTERS, What.DELIVERED, What.RETRIES);

    private final Map<Id, Ring> rings = new HashMap<>();
    private Counted last = Counted.none();
    private Instant lastAt;
    private long nanos;

    private record Id(What what, Key key) {
    }

    /** Rates, the newest behind the place of the oldest; NaN where nothing was there yet. */
    private static final class Ring {
        private final double[] points = new double[POINTS];
        private int next;
        private int silent;

        Ring() {
            Arrays.fill(points, Double.NaN);
        }

        void add(double rate) {
            points[next] = rate;
            next = (next + 1) % POINTS;
        }

        double newest() {
            return points[(next + POINTS - 1) % POINTS];
        }
    }

    /** Takes the counts of now; to be called at intervals. */
    synchronized void sample(Counted now, Instant at, long nanoTime) {
        double seconds = lastAt == null ? 0 : (nanoTime - nanos) / 1e9;
        if (seconds > 0) {
            SAMPLED.forEach(what -> now.all(what).forEach((key, count) -> add(new Id(what, key), count, seconds)));
            rings.entrySet().removeIf(each -> gone(each.getKey(), each.getValue(), now));
        }
        last = now;
        lastAt = at;
        nanos = nanoTime;
    }

    private void add(Id id, double count, double seconds) {
        double before = last.get(id.what(), id.key().first(), id.key().second());
        Ring ring = rings.get(id);
        if (ring == null) {
            if (rings.size() >= MAX_SERIES) {
                return;
            }
            ring = new Ring();
            rings.put(id, ring);
        }
        // a meter that counts less is a new one: its route was started again
        ring.add(Counted.rounded((count < before ? count : count - before) / seconds));
    }

    private static boolean gone(Id id, Ring ring, Counted now) {
        if (now.all(id.what()).containsKey(id.key())) {
            ring.silent = 0;
            return false;
        }
        ring.add(0);
        return ++ring.silent >= POINTS;
    }

    /** Of the last interval; 0 where it is not known. */
    synchronized double rate(What what, String first, String second) {
        Ring ring = rings.get(new Id(what, new Key(first, second)));
        double newest = ring == null ? 0 : ring.newest();
        return Double.isNaN(newest) ? 0 : newest;
    }

    /** When the last interval ended; null before the first sample. */
    synchronized Instant until() {
        return lastAt;
    }

    /** The oldest first, null where it is not known; always {@value #POINTS}. */
    synchronized List<Double> series(What what, String first, String second) {
        Ring ring = rings.get(new Id(what, new Key(first, second)));
        List<Double> series = new ArrayList<>(POINTS);
        for (int i = 0; i < POINTS; i++) {
            double point = ring == null ? Double.NaN : ring.points[(ring.next + i) % POINTS];
            series.add(Double.isNaN(point) ? null : point);
        }
        return series;
    }
}
