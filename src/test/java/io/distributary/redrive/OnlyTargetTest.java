package io.distributary.redrive;

import static io.distributary.redrive.Fixtures.change;
import static io.distributary.redrive.Fixtures.letter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.distributary.deadletter.store.StoredDeadLetter;
import io.distributary.event.ChangeEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which steps of a route a dead letter's change is led through again. */
class OnlyTargetTest {
    private static final String SQS_A = "kamelet:distributary-sqs-sink?queue=a";
    private static final String SQS_B = "kamelet:distributary-sqs-sink?queue=b";
    private static final RedriveOptions FORCE = new RedriveOptions(RedriveFilter.ALL, true, false, 0, 4, 0);

    @TempDir
    Path folder;

    private static String route(String steps) {
        return """
                - route:
                    id: r
                    errorHandler: {deadLetterChannel: {deadLetterUri: "kamelet:distributary-dead-letter-sqs-sink?queue=dead", deadLetterHandleNewException: false, onExceptionOccurredRef: "#class:io.distributary.deadletter.FailureTracker", redeliveryPolicy: {maximumRedeliveries: 1, redeliveryDelay: "1"}}}
                    from:
                      uri: aws2-ddbstream:t
                      steps:
                """ + steps.indent(8);
    }

    private String redriven(String steps, String target) throws Exception {
        return redriven(steps, letter("1", "r", target, change(1, "k", "a", "b")));
    }

    /** What was sent where, and what became of the letter. */
    private String redriven(String routes, StoredDeadLetter letter) throws Exception {
        try (FedRoutesFixture fixture = new FedRoutesFixture(routes.startsWith("- route") ? routes : route(routes))) {
            FedRoutesFixture.Letters store = new FedRoutesFixture.Letters(letter);
            fixture.redrive(store, Map.of(), FORCE);
            assertEquals(fixture.results.get(0).endsWith("SENT") ? 0 : 1, store.stored.size());
            return fixture.sent.keySet() + " " + fixture.results.get(0).substring(2);
        }
    }

    private static final String FANOUT = """
            - transformDataType: {toType: "aws2-ddbstream:change-event"}
            - multicast:
                steps:
                  - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: a}}
                  - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: b}}
                  - to: {uri: "kamelet:distributary-opensearch-sink", parameters: {index: i}}
                  - to: {uri: "nats:plain"}
            """;

    @Test
    void ofAMulticastOnlyTheTargetThatFailedGetsIt() throws Exception {
        assertEquals("[aws2-sqs:b] SENT", redriven(FANOUT, SQS_B));
        assertEquals("[opensearch:distributary] SENT", redriven(FANOUT, "kamelet:distributary-opensearch-sink?index=i"));
    }

    @Test
    void withoutATargetAllGetIt() throws Exception {
        assertEquals("[aws2-sqs:a, aws2-sqs:b, nats:plain, opensearch:distributary] SENT", redriven(FANOUT, (String) null));
    }

    @Test
    void aTargetThatTheRouteNoLongerLeadsToKeepsItsLetter() throws Exception {
        assertEquals("[] NOT_REACHED", redriven(FANOUT, "kamelet:distributary-sqs-sink?queue=gone"));
        assertEquals("[] NOT_REACHED", redriven("""
                - filter:
                    expression: {simple: {expression: "${header.CamelAwsDdbStreamEventName} == 'INSERT'"}}
                    steps:
                      - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: a}}
                """, SQS_A));
        assertEquals("[] NOT_REACHED", redriven("- to: {uri: \"kamelet:distributary-event-name-filter-action?eventNames=INSERT\"}\n", (String) null));
    }

    @Test
    void whatFollowsTheTargetInItsBranchWasNeverDoneAndIsDoneNow() throws Exception {
        String steps = """
                - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: a}}
                - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: b}}
                - to: {uri: "kamelet:distributary-outbox-mark-sink", parameters: {table: t}}
                """;
        assertEquals("[aws2-ddb:t, aws2-sqs:b] SENT", redriven(steps, SQS_B));
        String around = """
                - multicast:
                    steps:
                      - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: a}}
                      - pipeline:
                          steps:
                            - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: b}}
                            - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: behind-b}}
                - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: after}}
                """;
        assertEquals("[aws2-sqs:b, aws2-sqs:behind-b] SENT", redriven(around, SQS_B), "after a multicast it goes on whatever failed in it");
    }

    @Test
    void requestsForTheirAnswerAreMadeAndOtherSendsAreNot() throws Exception {
        assertEquals("[http:asked, http:enriched, aws2-sqs:a] SENT".replace("http:asked, http:enriched, aws2-sqs:a",
                "aws2-sqs:a, aws2-sqs:asked, aws2-sqs:enriched"), redriven("""
                - to: {uri: "aws2-sqs:told"}
                - toD: {uri: "aws2-sqs:told-${header.CamelAwsDdbStreamEventName}"}
                - wireTap: {uri: "aws2-sqs:tapped"}
                - to: {uri: "aws2-sqs:asked", pattern: InOut}
                - enrich: {expression: {constant: {expression: "aws2-sqs:enriched"}}}
                - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: a}}
                """, SQS_A));
    }

    @Test
    void aFileOfAnotherTargetIsNotWritten() throws Exception {
        Path other = folder.resolve("other.jsonl");
        Path wanted = folder.resolve("wanted.jsonl");
        String steps = """
                - multicast:
                    steps:
                      - to: {uri: "kamelet:distributary-file-sink?file=%s"}
                      - to: {uri: "kamelet:distributary-file-sink?file=%s"}
                """.formatted(other, wanted);
        assertEquals("[] SENT", redriven(steps, "kamelet:distributary-file-sink?file=" + wanted));
        assertFalse(Files.exists(other));
        assertEquals(1, Files.readAllLines(wanted).size());
    }

    @Test
    void aRouteThatIsLedToByAnotherGetsItFromItsSource() throws Exception {
        String routes = route("- multicast: {steps: [{to: {uri: \"direct:one\"}}, {to: {uri: \"direct:two\"}}]}\n") + """
                - route:
                    id: one
                    from: {uri: "direct:one", steps: [{setBody: {constant: {expression: from-one}}}, {to: {uri: "kamelet:distributary-sqs-sink?queue=a"}}]}
                - route:
                    id: two
                    from: {uri: "direct:two", steps: [{to: {uri: "kamelet:distributary-sqs-sink?queue=a"}}, {to: {uri: "kamelet:distributary-sqs-sink?queue=b"}}]}
                """;
        assertEquals("[aws2-sqs:b] SENT", redriven(routes, letter("1", "two", SQS_B, change(1, "k", null, "a"))));
        assertEquals("[] NOT_FED", redriven(routes, letter("1", "three", SQS_B, change(1, "k", null, "a"))));
    }

    @Test
    void whatTheRouteHidesIsNotHiddenTwice() throws Exception {
        String hidden = "kamelet:distributary-mask-attributes-action?attributes=text&method=HASH";
        String steps = "- to: {uri: \"" + hidden + "\"}\n- transformDataType: {toType: \"aws2-ddbstream:change-event\"}\n"
                + "- to: {uri: \"kamelet:distributary-sqs-sink?queue=a\"}\n";
        ChangeEvent asItWasSent = change(1, "k", null, "a-hash");
        try (FedRoutesFixture fixture = new FedRoutesFixture(route(steps))) {
            fixture.redrive(new FedRoutesFixture.Letters(letter("1", "r", SQS_A, asItWasSent)), Map.of(), FORCE);
            assertTrue(fixture.bodies.get("aws2-sqs:a").get(0).contains("\"a-hash\""), fixture.bodies.toString());
        }
    }

    @Test
    void oneThatFailsAgainMakesNoSecondDeadLetterAndFailsNoOther() throws Exception {
        try (FedRoutesFixture fixture = new FedRoutesFixture(route(FANOUT))) {
            fixture.refuse((target, event) -> target.equals("aws2-sqs:a"));
            FedRoutesFixture.Letters store = new FedRoutesFixture.Letters(letter("1", "r", SQS_A, change(1, "k", null, "a")),
                    letter("2", "r", SQS_B, change(1, "k", null, "a")));
            RedriveSummary summary = fixture.redrive(store, Map.of(), FORCE);
            assertEquals(List.of("1"), store.stored.stream().map(StoredDeadLetter::id).toList());
            assertEquals(Map.of("aws2-sqs:b", List.of("e1")), fixture.sent);
            assertEquals("1 1", summary.count(RedriveOutcome.SENT) + " " + summary.count(RedriveOutcome.FAILED));
        }
    }

    @Test
    void anotherBranchThatFailsOnItsWayIsNotInTheWay() throws Exception {
        assertEquals("[aws2-sqs:b] SENT", redriven("""
                - multicast:
                    steps:
                      - pipeline:
                          steps:
                            - throwException: {message: odd, exceptionType: java.lang.IllegalStateException}
                            - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: a}}
                      - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: b}}
                """, SQS_B));
        assertEquals("[] FAILED", redriven("""
                - throwException: {message: odd, exceptionType: java.lang.IllegalStateException}
                - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: b}}
                """, SQS_B));
    }
}
