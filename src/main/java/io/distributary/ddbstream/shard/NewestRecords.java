package io.distributary.ddbstream.shard;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangePage;
import io.distributary.event.StreamSource;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;

/**
 * The newest records of a stream. It can be read forwards only, so whole shards are read: those without children first, and
 * their parents as far as those can hold any of the newest.
 *
 * <p>The API does not say where an open shard ends, and an empty page may have records behind it. So a LATEST iterator is
 * taken first: when the reading has come to the first record that it brings, all before is read. Where nothing is written
 * meanwhile, an open shard is at its end when it has answered empty pages for {@link #QUIET}. A closed one ends where the API
 * says so. One use, one thread.
 */
public final class NewestRecords {
    /** How long an open shard to which nothing is written must answer empty pages. */
    static final Duration QUIET = Duration.ofSeconds(10);
    /** Two calls for each shard, so that they are about 4 a second, as those of a source at rest. */
    static final Duration PAUSE = Duration.ofMillis(500);
    /** A shard iterator lives 15 minutes; reading may take longer. */
    private static final Duration LOOK_AT_TIP = Duration.ofMinutes(5);
    private static final int PAGE = 1_000;

    private record Numbered(BigInteger number, ChangeEvent event) {
    }

    private final StreamsClient client;
    private final TableStream stream;
    private final int count;
    private final LongSupplier nanoTime;
    private final Consumer<Duration> pause;
    private final PriorityQueue<Numbered> newest = new PriorityQueue<>(Comparator.comparing(Numbered::number));

    /**
     * @param count    at least 1
     * @param nanoTime as {@link System#nanoTime()}
     * @param pause    waits that long
     */
    public NewestRecords(StreamsClient client, TableStream stream, int count, LongSupplier nanoTime, Consumer<Duration> pause) {
        this.client = client;
        this.stream = stream;
        this.count = count;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /**
     * Those that the stream had when this was called, and maybe some that came since, in the order of their sequence numbers,
     * which is that of each item's changes; fewer than asked for where the stream has no more.
     */
    public List<ChangeEvent> read() {
        Map<String, Shard> shards = shards();
        Set<String> next = new HashSet<>(shards.keySet());
        shards.values().forEach(shard -> next.remove(shard.parentShardId()));
        Set<String> seen = new HashSet<>(next);
        while (!next.isEmpty()) {
            List<Shard> reading = next.stream().map(shards::get).toList();
            walk(reading);
            next.clear();
            for (Shard shard : reading) {
                Shard parent = shards.get(shard.parentShardId()); // one that has expired is not listed
                if (parent != null && mayHoldNewest(parent) && seen.add(parent.shardId())) {
                    next.add(parent.shardId());
                }
            }
        }
        return newest.stream().sorted(newest.comparator()).map(Numbered::event).toList();
    }

    private Map<String, Shard> shards() {
        Map<String, Shard> shards = new HashMap<>();
        String after = null;
        do {
            StreamDescription page = client.describeStream(stream.streamArn(), after);
            page.shards().forEach(shard -> shards.put(shard.shardId(), shard));
            after = page.lastEvaluatedShardId();
        } while (after != null);
        return shards;
    }

    /** A shard's siblings may be older than it: that enough was found elsewhere does not tell. */
    private boolean mayHoldNewest(Shard shard) {
        BigInteger last = ending(shard);
        return newest.size() < count || last == null || last.compareTo(newest.element().number()) > 0;
    }

    private static BigInteger ending(Shard shard) {
        String number = shard.sequenceNumberRange() == null ? null : shard.sequenceNumberRange().endingSequenceNumber();
        return number == null ? null : new BigInteger(number);
    }

    private void walk(List<Shard> shards) {
        List<Walk> walks = new ArrayList<>(shards.stream().map(Walk::new).toList());
        while (!walks.isEmpty()) {
            boolean found = false;
            for (Walk walk : walks) {
                found |= walk.page();
            }
            walks.removeIf(Walk::ended);
            if (!found && !walks.isEmpty()) {
                pause.accept(PAUSE);
            }
        }
    }

    /** Through one shard, page by page. */
    private final class Walk {
        private final StreamSource source;
        private boolean open;
        private String tipIterator;
        private BigInteger tip;
        private String iterator;
        private BigInteger last;
        private long lookedAtTip = nanoTime.getAsLong();
        private long quietSince = lookedAtTip;

        Walk(Shard shard) {
            source = stream.shard(shard.shardId());
            open = ending(shard) == null;
            tipIterator = open ? iterator(ShardIteratorType.LATEST) : null;
            iterator = iterator(ShardIteratorType.TRIM_HORIZON);
        }

        private String iterator(ShardIteratorType type) {
            return client.getShardIterator(stream.streamArn(), source.shardId(), type, null);
        }

        /** @return whether it held records */
        boolean page() {
            ChangePage page = client.getRecords(iterator, PAGE, source);
            iterator = page.nextShardIterator();
            for (ChangeEvent event : page.changes()) {
                last = new BigInteger(event.sequenceNumber());
                newest.add(new Numbered(last, event));
                if (newest.size() > count) {
                    newest.remove();
                }
            }
            boolean found = !page.changes().isEmpty();
            long now = nanoTime.getAsLong();
            quietSince = found ? now : quietSince;
            if (tipIterator != null && (!found || now - lookedAtTip > LOOK_AT_TIP.toNanos())) {
                lookedAtTip = now;
                lookAtTip();
            }
            return found;
        }

        private void lookAtTip() {
            ChangePage page = client.getRecords(tipIterator, 1, source);
            tipIterator = page.nextShardIterator();
            if (!page.changes().isEmpty()) {
                tip = new BigInteger(page.changes().get(0).sequenceNumber());
                tipIterator = null;
            } else if (tipIterator == null) {
                open = false; // closed meanwhile, with nothing written to it
            }
        }

        boolean ended() {
            if (iterator == null) {
                return true;
            }
            if (tip != null) {
                return last != null && last.compareTo(tip) >= 0;
            }
            return open && nanoTime.getAsLong() - quietSince >= QUIET.toNanos();
        }
    }
}
