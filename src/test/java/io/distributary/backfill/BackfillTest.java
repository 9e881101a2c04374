package io.distributary.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.distributary.ddbstream.shard.TableStream;
import io.distributary.diagnosis.ConfigurationProblem;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import io.distributary.event.EventName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class BackfillTest {
    private static final int SEGMENTS = 4;
    private static final int ITEMS = 5_000;
    private static final Instant POSITION = Instant.parse("2026-11-21T12:00:00Z");
    private static final TableStream STREAM = new TableStream("t", "arn:aws:dynamodb:eu-west-1:1:table/t/stream/2026", "pk", null);

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();
    private final FakeTable table = new FakeTable(SEGMENTS, ITEMS, (segment, number) -> true);

    private Job job(int segments, String selection) {
        return new Job("id", "a", "arn:aws:dynamodb:eu-west-1:1:table/t", "uuid", segments, "SNAPSHOT", selection, POSITION);
    }

    private ProgressFile progress() throws IOException {
        ProgressFile file = ProgressFile.open(folder.resolve("sub/progress.json"));
        if (file.job().isEmpty()) {
            file.begin(job(SEGMENTS, "all items"));
        }
        return file;
    }

    private static Snapshots snapshots() {
        return new Snapshots("id", STREAM, "NEW_IMAGE", EventName.SNAPSHOT, new SnapshotTime(POSITION));
    }

    private Backfill backfill(ProgressFile file, Delivery delivery, long most, double rate) {
        return new Backfill(table, new ReadPace(rate, SEGMENTS, FakeTable.UNITS), snapshots(), delivery, file, most, notes::add);
    }

    /** Takes a page whole, unless told otherwise. */
    private static final class Route implements Delivery {
        private final Set<String> ids = ConcurrentHashMap.newKeySet();
        private final ConcurrentLinkedQueue<String> taken = new ConcurrentLinkedQueue<>();
        private final Function<List<ChangeEvent>, Outcome> answers;
        private volatile boolean stopped;

        Route(Function<List<ChangeEvent>, Outcome> answers) {
            this.answers = answers;
        }

        Route() {
            this(page -> new Outcome(true, 0, null));
        }

        @Override
        public Outcome deliver(List<ChangeEvent> page) {
            Outcome outcome = answers.apply(page);
            page.forEach(event -> {
                ids.add(event.eventId());
                taken.add(event.itemKey());
            });
            return outcome;
        }

        @Override
        public void stop() {
            stopped = true;
        }
    }

    @Test
    void everyItemIsSentOnceAndThenItIsComplete() throws Exception {
        Route route = new Route();
        try (ProgressFile file = progress()) {
            Summary summary = backfill(file, route, Long.MAX_VALUE, 0).run(so -> { });
            assertTrue(summary.complete());
            assertEquals(new Summary.Counts(table.size(), table.size(), table.size() * FakeTable.UNITS), summary.total());
            assertEquals(summary.total(), summary.run());
        }
        assertEquals(table.size(), route.taken.size());
        assertEquals(table.size(), route.ids.size());
        int calls = table.calls().size();
        try (ProgressFile file = progress()) {
            Summary again = backfill(file, route, Long.MAX_VALUE, 0).run(so -> { });
            assertTrue(again.complete());
            assertEquals(0, again.run().items());
        }
        assertEquals(calls, table.calls().size(), "nothing is read again");
    }

    @Test
    void itEndsAfterSoManyAndGoesOnThere() throws Exception {
        Route route = new Route();
        for (int run = 1; run <= 3; run++) {
            try (ProgressFile file = progress()) {
                Summary summary = backfill(file, route, 700, 0).run(so -> { });
                assertEquals(700, summary.run().items());
                assertEquals(700 * run, summary.total().items());
                assertFalse(summary.complete());
            }
        }
        try (ProgressFile file = progress()) {
            assertTrue(backfill(file, route, ITEMS, 0).run(so -> { }).complete());
        }
        assertEquals(table.size(), route.taken.size(), "nothing is sent twice where nothing went wrong");
        assertEquals(table.size(), new HashSet<>(route.taken).size());
    }

    /** As after kill -9: what was not acknowledged is sent again, with the same ids; nothing is left out. */
    @Test
    void progressIsNeverAheadOfWhatIsAcknowledged() throws Exception {
        Path file = folder.resolve("sub/progress.json");
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicReference<String> ahead = new AtomicReference<>();
        Route route = new Route(page -> {
            try {
                for (SegmentProgress segment : ProgressJson.read(Files.readAllBytes(file)).segments()) {
                    if (segment.after() != null && !acknowledged.contains(segment.after().get("pk").s())) {
                        ahead.set(segment.after().toString());
                    }
                }
            } catch (IOException e) {
                ahead.set(e.toString());
            }
            page.forEach(event -> acknowledged.add(event.itemKey()));
            return new Delivery.Outcome(true, 0, null);
        });
        try (ProgressFile progress = progress()) {
            assertTrue(backfill(progress, route, Long.MAX_VALUE, 0).run(so -> { }).complete());
        }
        assertEquals(null, ahead.get(), "the progress file is ahead of the route");
        assertEquals(table.size(), acknowledged.size());
    }

    @Test
    void aFailureEndsItAndTheItemIsSentAgainWithItsId() throws Exception {
        Route failing = new Route(page -> page.stream().anyMatch(event -> event.itemKey().equals("1-1100"))
                ? new Delivery.Outcome(false, 3, "item 1-1100: poison") : new Delivery.Outcome(true, 2, null));
        Summary summary;
        try (ProgressFile file = progress()) {
            summary = backfill(file, failing, Long.MAX_VALUE, 0).run(so -> { });
            assertEquals("item 1-1100: poison", summary.failure());
            assertFalse(summary.complete());
            assertEquals(3, summary.deadLetters());
            assertEquals(1_000, file.segment(1).items());
        }
        assertTrue(failing.stopped);
        Route route = new Route();
        try (ProgressFile file = progress()) {
            assertTrue(backfill(file, route, Long.MAX_VALUE, 0).run(so -> { }).complete());
        }
        assertTrue(route.taken.contains("1-1100") && route.taken.contains("1-1000") && !route.taken.contains("1-999"));
        Set<String> all = new HashSet<>(route.ids);
        all.addAll(failing.ids);
        assertEquals(table.size(), all.size(), "an item that is sent again has the same id");
    }

    @Test
    void whatATargetDoesNotFinishBeforeAStopIsSentAgain() throws Exception {
        AtomicReference<Backfill> running = new AtomicReference<>();
        Route interrupted = new Route(page -> {
            running.get().stop();
            return new Delivery.Outcome(false, 0, null);
        });
        try (ProgressFile file = progress()) {
            running.set(backfill(file, interrupted, Long.MAX_VALUE, 0));
            Summary summary = running.get().run(so -> { });
            assertEquals(null, summary.failure());
            assertFalse(summary.complete());
            assertEquals(0, summary.total().items());
        }
        Route route = new Route();
        try (ProgressFile file = progress()) {
            assertTrue(backfill(file, route, Long.MAX_VALUE, 0).run(so -> { }).complete());
        }
        assertEquals(table.size(), route.taken.size());
    }

    @Test
    void readsThatFailAreTriedAgainAndToldOnce() throws Exception {
        table.failNext(2);
        try (ProgressFile file = progress()) {
            assertTrue(backfill(file, new Route(), Long.MAX_VALUE, 0).run(so -> { }).complete());
        }
        assertTrue(notes.size() <= 2 && notes.get(0).contains("is tried again: ProvisionedThroughputExceededException: slow down"),
                notes.toString());
    }

    @Test
    void readsThatAreRefusedEndItAtOnce() throws Exception {
        table.refuse(new ConfigurationProblem("no right to scan"));
        try (ProgressFile file = progress()) {
            Backfill backfill = backfill(file, new Route(), Long.MAX_VALUE, 0);
            assertEquals("no right to scan", assertThrows(ConfigurationProblem.class, () -> backfill.run(so -> { })).getMessage());
        }
    }

    @Test
    void pagesOfWhichNothingIsWantedMoveOnToo() throws Exception {
        FakeTable some = new FakeTable(2, 3_000, (segment, number) -> number == 1_234);
        Route route = new Route();
        try (ProgressFile file = ProgressFile.open(folder.resolve("some.json"))) {
            file.begin(job(2, "x"));
            Summary summary = new Backfill(some, new ReadPace(0, 2, 1), snapshots(), route, file, 5, notes::add).run(so -> { });
            assertTrue(summary.complete());
            assertEquals(1, summary.total().items());
            assertEquals(some.size(), summary.total().scanned());
        }
    }

    @Test
    void aSnapshotIsAnEventThatSaysSo() {
        ChangeEvent event = snapshots().of(Map.of("pk", AttributeValue.fromS("k"), "n", AttributeValue.fromN("1")), 3);
        assertEquals(new SnapshotTime(POSITION).version(), event.version());
        assertEquals("{\"event_id\":\"" + event.eventId() + "\",\"event_name\":\"SNAPSHOT\",\"table_name\":\"t\",\"sequence_number\":\"0\","
                + "\"approximate_creation_time\":\"2026-11-21T11:58:59Z\",\"keys\":{\"pk\":\"k\"},\"new_image\":{\"n\":1,\"pk\":\"k\"}}",
                EventFormat.CHANGE_EVENT.toJson(event));
        assertTrue(event.eventId().matches("snapshot-[0-9a-f]{32}"), event.eventId());
        assertEquals(event.eventId(), snapshots().of(Map.of("pk", AttributeValue.fromS("k"), "n", AttributeValue.fromN("2")), 3).eventId());
        Snapshots other = new Snapshots("other", STREAM, null, EventName.INSERT, new SnapshotTime(POSITION));
        ChangeEvent insert = other.of(Map.of("pk", AttributeValue.fromS("k")), 3);
        assertNotEquals(event.eventId(), insert.eventId());
        assertEquals("INSERT", insert.eventNameText());
        assertEquals("eu-west-1", insert.record().awsRegion());
    }
}
