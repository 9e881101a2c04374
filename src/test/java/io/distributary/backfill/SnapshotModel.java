package io.distributary.backfill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.event.ChangeVersion;

/**
 * A few items that are changed before, while and after a backfill reads them, several times each as after crashes; a route that was
 * there before, or was and has a gap, or is new; and an index that refuses what is older. Everything may arrive late, changes of one item
 * in order but for replays. Times are milliseconds.
 */
final class SnapshotModel {
    private static final long BEGIN = 1_795_000_000_000L;
    private static final int ITEMS = 4;

    /** The rule that is tried. */
    interface Rule {
        /** The version of a snapshot of an item that was read at this time. */
        long version(Instant position, Instant read);

        /** When the position is taken, where the scan begins and ends so. */
        default long taken(long scanBegins, long scanEnds) {
            return scanBegins;
        }
    }

    /** @param state what the item is after it; 0 for deleted */
    private record Change(int item, long at, Instant created, int state) {
    }

    /** @param change that it is of; null for a snapshot */
    private record Write(Change change, int item, long arrives, long version, int state) {
    }

    private final Random random;
    private final Rule rule;
    private final List<Change> changes = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();

    SnapshotModel(long seed, Rule rule) {
        this.random = new Random(seed);
        this.rule = rule;
    }

    /** Null where the index ends as the table does; else how not. */
    String run() {
        boolean minutes = random.nextInt(4) == 0; // DynamoDB Local
        long cut = minutes ? 60_000 : 1_000;
        long scanBegins = BEGIN + 300_000 + random.nextInt(60_000);
        long scanEnds = scanBegins + 1 + (random.nextBoolean() ? random.nextInt(3_000) : random.nextInt(400_000));
        long at = BEGIN;
        for (int n = 1; at < scanEnds + 30_000; n++) {
            changes.add(new Change(random.nextInt(ITEMS), at, Instant.ofEpochMilli(at / cut * cut), random.nextInt(4) == 0 ? 0 : n));
            at += random.nextInt(5) == 0 ? random.nextInt(120_000) : random.nextInt(2) == 0 ? 0 : random.nextInt(1_500);
        }
        long taken = rule.taken(scanBegins, scanEnds);
        // our clock; of a server on the same machine it is the same
        Instant position = new SnapshotTime(Instant.ofEpochMilli(taken + (minutes ? 0 : random.nextInt(178_000) - 120_000))).position();
        route(taken, position);
        for (int item = 0; item < ITEMS; item++) {
            for (int reads = 1 + random.nextInt(3); reads > 0; reads--) {
                read(item, scanBegins + (long) (random.nextDouble() * (scanEnds - scanBegins)), position);
            }
        }
        return compare();
    }

    private void route(long taken, Instant position) {
        switch (random.nextInt(3)) {
            case 0 -> deliver(0, changes.size(), -1, null); // has been running for long, and does
            case 1 -> {
                int gap = random.nextInt(firstAfter(taken) + 1); // was stopped, and its checkpoints are gone
                deliver(0, gap, -1, null);
                startAt(position);
            }
            default -> startAt(position);
        }
    }

    private int firstAfter(long time) {
        int index = 0;
        while (index < changes.size() && changes.get(index).at() <= time) {
            index++;
        }
        return index;
    }

    /** As a shard is read from LATEST. */
    private void startAt(Instant position) {
        Instant skipBefore = position.minus(Checkpoint.TOLERANCE);
        int from = 0;
        while (from < changes.size() && changes.get(from).created().isBefore(skipBefore)) {
            from++;
        }
        deliver(from, changes.size(), -1, position);
    }

    private void deliver(int from, int to, long previous, Instant start) {
        long version = previous;
        long[] arrived = new long[ITEMS];
        List<Write> delivered = new ArrayList<>();
        for (Change change : changes.subList(from, to)) {
            version = version < 0 ? ChangeVersion.first(change.created(), start) : ChangeVersion.next(version, change.created());
            long arrives = Math.max(arrived[change.item()], change.at()) + delay();
            arrived[change.item()] = arrives;
            delivered.add(new Write(change, change.item(), arrives, version, change.state()));
        }
        writes.addAll(delivered);
        for (int crashes = random.nextInt(3); crashes > 0 && !delivered.isEmpty(); crashes--) { // some are delivered again, in order
            int first = random.nextInt(delivered.size());
            for (Write again : delivered.subList(first, first + random.nextInt(delivered.size() - first))) {
                arrived[again.item()] += delay();
                writes.add(new Write(again.change(), again.item(), arrived[again.item()], again.version(), again.state()));
            }
        }
    }

    private long delay() {
        return random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(50);
    }

    private void read(int item, long at, Instant position) {
        int state = 0;
        for (Change change : changes.subList(0, firstAfter(at))) {
            state = change.item() == item ? change.state() : state;
        }
        if (state != 0) {
            writes.add(new Write(null, item, at + delay(), rule.version(position, Instant.ofEpochMilli(at)), state));
        }
    }

    private String compare() {
        writes.sort(Comparator.comparingLong(Write::arrives));
        Map<Integer, Write> index = new HashMap<>();
        for (Write write : writes) {
            index.merge(write.item(), write, (known, next) -> next.version() >= known.version() ? next : known);
        }
        for (int item = 0; item < ITEMS; item++) {
            int table = 0;
            for (Change change : changes) {
                table = change.item() == item ? change.state() : table;
            }
            int found = index.containsKey(item) ? index.get(item).state() : 0;
            // what was indexed before a gap, and deleted in it, stays: a backfill does not know of it
            boolean leftBehind = table == 0 && found != 0 && index.get(item).change() != null && !lastIsDelivered(item);
            if (found != table && !leftBehind) {
                return "item " + item + " is " + table + " in the table and " + found + " in the index";
            }
        }
        return null;
    }

    private boolean lastIsDelivered(int item) {
        Change last = changes.stream().filter(change -> change.item() == item).reduce((first, second) -> second).orElseThrow();
        return writes.stream().anyMatch(write -> write.change() == last);
    }
}
