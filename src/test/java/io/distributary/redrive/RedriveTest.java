package io.distributary.redrive;

import static io.distributary.redrive.Fixtures.change;
import static io.distributary.redrive.Fixtures.letter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.distributary.deadletter.store.StoredDeadLetter;
import org.junit.jupiter.api.Test;

/** What is sent, in which order, what is held back and what is taken out of the store. */
class RedriveTest {
    private static final String SQS = "kamelet:distributary-sqs-sink?queue=q";
    private static final RedriveOptions ALL = new RedriveOptions(RedriveFilter.ALL, false, false, 0, 4, 0);
    private static final String ROUTE = """
            - route:
                id: r
                from:
                  uri: aws2-ddbstream:t
                  steps:
                    - multicast:
                        steps:
                          - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: q}}
                          - to: {uri: "kamelet:distributary-dynamodb-sink", parameters: {table: copy}}
            """;

    private final FedRoutesFixture.Letters store = new FedRoutesFixture.Letters(
            letter("c2", "r", SQS, change(5, "chain", "x", "y")), letter("c1", "r", SQS, change(4, "chain", null, "x")),
            letter("c2-copy", "r", SQS, change(5, "chain", "x", "y")),
            letter("old", "r", SQS, change(1, "changed", null, "x")),
            letter("now", "r", SQS, change(2, "same", null, "x")), letter("gone", "r", SQS, change(3, "gone", "x", null)),
            letter("versioned", "r", "kamelet:distributary-dynamodb-sink?table=copy", change(1, "changed", null, "x")));
    private final Map<String, String> table = Map.of("chain", "y", "changed", "y", "same", "x");

    private static RedriveOptions with(boolean force, boolean dry, long max, RedriveFilter filter) {
        return new RedriveOptions(filter, force, dry, 0, 4, max);
    }

    private List<String> stored() {
        return store.stored.stream().map(StoredDeadLetter::id).toList();
    }

    @Test
    void whatMayBeSentIsSentInOrderAndTakenOutAndTheRestStays() throws Exception {
        try (FedRoutesFixture fixture = new FedRoutesFixture(ROUTE)) {
            RedriveSummary summary = fixture.redrive(store, table, ALL);
            assertEquals(List.of("old"), stored());
            assertEquals(new TreeSet<>(List.of("now SENT", "gone SENT", "c1 SENT", "c2 SENT", "c2-copy COPY", "old HELD", "versioned SENT")),
                    new TreeSet<>(fixture.results));
            List<String> queue = fixture.sent.get("aws2-sqs:q");
            assertEquals(4, queue.size(), "a copy is not sent: " + queue);
            assertTrue(queue.indexOf("e4") < queue.indexOf("e5"), queue.toString());
            assertEquals(List.of("e1"), fixture.sent.get("aws2-ddb:copy"));
            assertEquals("7 1", summary.read() + " " + summary.staying());
        }
    }

    @Test
    void whatAnotherReaderHadIsWaitedForAndThenLeftToIt() throws Exception {
        try (FedRoutesFixture fixture = new FedRoutesFixture(ROUTE)) {
            store.withOthers.addAll(List.of(3L, 1L, 0L));
            RedriveSummary summary = fixture.redrive(store, table, ALL);
            assertEquals("7 1 0", summary.read() + " " + summary.staying() + " " + summary.withOthers());
            assertEquals(1, store.withOthers.size(), "it has not waited");
        }
        try (FedRoutesFixture fixture = new FedRoutesFixture(ROUTE)) {
            store.withOthers.clear();
            store.withOthers.add(2L);
            RedriveSummary summary = fixture.redrive(store, table, ALL);
            assertEquals("2 2", summary.withOthers() + " " + summary.staying());
            assertTrue(RedriveText.of(summary, 0, false).contains("2 with another reader"), () -> RedriveText.of(summary, 0, false));
        }
    }

    @Test
    void byForceAllAreSent() throws Exception {
        try (FedRoutesFixture fixture = new FedRoutesFixture(ROUTE)) {
            fixture.redrive(store, table, with(true, false, 0, RedriveFilter.ALL));
            assertEquals(List.of(), stored());
            assertEquals(5, fixture.sent.get("aws2-sqs:q").size());
        }
    }

    @Test
    void inADryRunNothingIsSentAndNothingTakenOut() throws Exception {
        try (FedRoutesFixture fixture = new FedRoutesFixture(ROUTE, new NoSenders())) {
            fixture.redrive(store, table, with(false, true, 0, RedriveFilter.ALL));
            assertEquals(7, stored().size());
            assertEquals(Map.of(), fixture.sent);
            assertEquals(new TreeSet<>(List.of("now SENT", "gone SENT", "c1 SENT", "c2 SENT", "c2-copy COPY", "old HELD", "versioned SENT")),
                    new TreeSet<>(fixture.results));
        }
    }

    @Test
    void behindOneThatFailedNothingOfItsItemIsSent() throws Exception {
        try (FedRoutesFixture fixture = new FedRoutesFixture(ROUTE)) {
            fixture.refuse((target, event) -> event.equals("e4"));
            fixture.redrive(store, table, ALL);
            assertEquals(List.of("c2", "c1", "c2-copy", "old"), stored());
            assertTrue(fixture.results.containsAll(List.of("c1 FAILED", "c2 BEHIND_FAILED", "c2-copy BEHIND_FAILED")), fixture.results.toString());
        }
    }

    @Test
    void theFilterLeavesOthersWhereTheyAreButTheyStillCountForTheOrder() throws Exception {
        FedRoutesFixture.Letters later = new FedRoutesFixture.Letters(letter("c1", "r", SQS, change(4, "chain", null, "x")),
                letter("c2", "other", SQS, change(5, "chain", "x", "y")), letter("now", "r", SQS, change(2, "same", null, "x")));
        try (FedRoutesFixture fixture = new FedRoutesFixture(ROUTE)) {
            RedriveSummary summary = fixture.redrive(later, table, with(false, false, 0, new RedriveFilter(null, null, null, null, "sa", null)));
            assertEquals(List.of("now SENT"), fixture.results);
            assertEquals(2, summary.left());
            assertEquals(2, later.stored.size());
        }
    }

    @Test
    void noMoreThanMaxAreSent() throws Exception {
        StoredDeadLetter[] many = IntStream.rangeClosed(1, 100).mapToObj(i -> letter("l" + i, "r", SQS, change(i, "k" + i, "x", null)))
                .toArray(StoredDeadLetter[]::new);
        FedRoutesFixture.Letters hundred = new FedRoutesFixture.Letters(many);
        try (FedRoutesFixture fixture = new FedRoutesFixture(ROUTE)) {
            RedriveSummary summary = fixture.redrive(hundred, Map.of(), with(false, false, 30, RedriveFilter.ALL));
            assertEquals(30, fixture.sent.get("aws2-sqs:q").size());
            assertEquals(70, hundred.stored.size());
            assertTrue(summary.stopped());
        }
    }

    @Test
    void theRateIsKept() throws Exception {
        StoredDeadLetter[] some = IntStream.rangeClosed(1, 30).mapToObj(i -> letter("l" + i, "r", SQS, change(i, "k" + i, "x", null)))
                .toArray(StoredDeadLetter[]::new);
        try (FedRoutesFixture fixture = new FedRoutesFixture(ROUTE)) {
            RedriveSummary summary = fixture.redrive(new FedRoutesFixture.Letters(some), Map.of(),
                    new RedriveOptions(RedriveFilter.ALL, false, false, 100, 8, 0));
            assertEquals(30, summary.count(RedriveOutcome.SENT));
            assertTrue(summary.elapsed().toMillis() >= 280, summary.toString());
        }
    }
}
