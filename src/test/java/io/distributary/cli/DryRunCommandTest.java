package io.distributary.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.distributary.LogLines;
import io.distributary.diagnosis.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Shipped and other routes, run dry with settings that name a server which counts who connects: nobody. */
class DryRunCommandTest extends DryRunHarness {
    static Stream<Arguments> orders() {
        return Stream.of(
                Arguments.of("INSERT", "ORDER#1", "passed", "when 1",
                        List.of("aws2-sns:orders", "aws2-sqs:orders", "nats:orders.orders", "opensearch:orders")),
                Arguments.of("REMOVE", "ORDER#1", "passed", "otherwise",
                        List.of("aws2-sqs:orders", "nats:orders.orders", "opensearch:orders")),
                Arguments.of("MODIFY", "CUSTOMER#1", "passed", "when 2", List.of("nats:orders.orders", "opensearch:orders")),
                Arguments.of("INSERT", "AUDIT#1", "did not match", null, List.of()));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theShippedRouteSendsEachChangeToThoseWhomItConcerns(String name, String pk, String filter, String branch,
            List<String> targets) throws IOException {
        JsonNode outcome = dryRun(ExitCode.OK, "routes", "orders-fanout", event("e1", name, pk)).get(0);
        assertEquals(filter, steps(outcome, "filter").get(0).path("outcome").textValue());
        assertTrue(steps(outcome, "filter").get(0).path("place").textValue().matches(".*orders-fanout.camel.yaml:\\d+"), outcome.toString());
        assertEquals(branch == null ? List.of() : List.of(branch),
                steps(outcome, "choice").stream().map(step -> step.path("outcome").textValue()).toList());
        assertEquals(targets, targets(outcome));
        for (JsonNode send : steps(outcome, "would_send")) {
            assertTrue(send.path("via").textValue().startsWith("kamelet:distributary-"), send.toString());
            assertEquals("e1", send.path("event_id").textValue());
            switch (send.path("target").textValue()) {
                case "nats:orders.orders" -> assertEquals("e1", send.path("fields").path("Nats-Msg-Id").textValue());
                case "opensearch:orders" -> {
                    assertEquals(pk + "|1", send.path("fields").path("_id").textValue());
                    assertEquals(name.equals("REMOVE") ? "delete" : "index", send.path("fields").path("action").textValue());
                    assertTrue(send.path("fields").path("version").isIntegralNumber(), send.toString());
                }
                default -> {
                    assertEquals("e1", send.path("headers").path("event_id").textValue());
                    assertEquals(event("e1", name, pk), send.path("payload").textValue());
                }
            }
        }
    }

    @Test
    void aFifoQueueGetsItsIds() throws IOException {
        JsonNode send = steps(dryRunOf(ExitCode.OK, "- to: aws2-sqs:orders.fifo\n", event("e1", "INSERT", "A")).get(0), "would_send").get(0);
        assertEquals("A|1", send.path("fields").path("MessageGroupId").textValue());
        assertEquals("e1", send.path("fields").path("MessageDeduplicationId").textValue());
    }

    @Test
    void aClaimCheckIsShownAndNotStored() throws IOException {
        String big = event("e1", "INSERT", "A").replace("12.50", "\"" + "x".repeat(2_000) + "\"");
        JsonNode send = steps(dryRunOf(ExitCode.OK, "- to: {uri: aws2-sqs:orders, parameters: {oversize: CLAIM_CHECK, maxBatchBytes: 1024}}\n",
                big).get(0), "would_send").get(0);
        assertEquals("claims", JSON.readTree(send.path("payload").textValue()).path("claim_check").path("bucket").textValue());
    }

    @Test
    void whatIsTooLargeBecomesADeadLetterThatIsNotStored() throws IOException {
        String big = event("e1", "INSERT", "A").replace("12.50", "\"" + "x".repeat(2_000) + "\"");
        JsonNode outcome;
        try (LogLines log = LogLines.of("io.distributary.deadletter")) {
            outcome = dryRunOf(ExitCode.OK, "- to: {uri: aws2-sqs:orders, parameters: {maxBatchBytes: 1024}}\n", big).get(0);
            assertEquals(List.of(), log.lines(), "nothing was stored");
        }
        assertTrue(steps(outcome, "failed").get(0).path("reason").textValue().contains("the limit is 1024"), outcome.toString());
        assertEquals(List.of("file:" + folder.resolve("dead.jsonl")), targets(outcome));
        JsonNode dead = steps(outcome, "would_send").get(0);
        assertTrue(dead.path("after_failure").booleanValue());
        assertEquals("e1", JSON.readTree(dead.path("payload").textValue()).path("event_id").textValue());
    }

    @Test
    void onlyTheFailingBranchOfAMulticastFails() throws IOException {
        JsonNode outcome = dryRunOf(ExitCode.OK, """
                - multicast:
                    steps:
                      - to: {uri: opensearch:x, parameters: {indexName: "{attribute:missing}"}}
                      - to: aws2-sqs:orders
                """, event("e1", "INSERT", "A")).get(0);
        assertEquals(List.of("file:" + folder.resolve("dead.jsonl"), "aws2-sqs:orders"), targets(outcome));
        assertEquals(1, steps(outcome, "failed").size(), outcome.toString());
    }

    @Test
    void withoutADeadLetterChannelTheRecordIsNotDone() throws IOException {
        JsonNode outcome = dryRunFrom(ExitCode.EVENTS, "", "aws2-ddbstream:orders", "- throwException: {message: no, exceptionType: java.lang.IllegalStateException}\n",
                event("e1", "INSERT", "A")).get(0);
        assertFalse(outcome.path("done").booleanValue());
        assertEquals("no", outcome.path("failure").textValue());
    }

    @Test
    void aFailureThatADoTryCatchesIsNoneOfTheRecord() throws IOException {
        JsonNode outcome = dryRunOf(ExitCode.OK, """
                - doTry:
                    steps:
                      - throwException: {message: no, exceptionType: java.lang.IllegalStateException}
                    doCatch:
                      - exception: [java.lang.IllegalStateException]
                        steps:
                          - setBody: {constant: caught}
                - to: aws2-sqs:orders
                """, event("e1", "INSERT", "A")).get(0);
        assertEquals(List.of("aws2-sqs:orders"), targets(outcome));
    }

    @Test
    void batchesAreThoseOfTheSource() throws IOException {
        List<JsonNode> outcomes = dryRunFrom(ExitCode.OK, HANDLED, "aws2-ddbstream:orders?exchangeMode=BATCH&batchSize=3", "- to: aws2-sqs:orders\n",
                event("e1", "INSERT", "A"), event("e2", "INSERT", "B"), event("e3", "MODIFY", "A"), event("e4", "INSERT", "C"),
                event("e5", "INSERT", "D"), event("e6", "INSERT", "E"));
        assertEquals(List.of(1, 3, 6), outcomes.stream().map(each -> each.path("number").intValue()).toList());
        assertEquals(List.of(2, 3, 1), outcomes.stream().map(each -> each.path("records").size()).toList());
        assertEquals(List.of(2, 3, 1), outcomes.stream().map(each -> targets(each).size()).toList());
    }

    @Test
    void otherSchemesGetBodyAndHeadersAndNoOtherSourceRuns() throws IOException {
        Files.writeString(folder.resolve("routes/b.camel.yaml"), """
                - route:
                    id: b
                    from:
                      uri: timer:b?period=1&delay=0
                      steps:
                        - to: file:%1$s/ticks
                - route:
                    id: c
                    from:
                      uri: seda:c
                      steps:
                        - to: aws2-sns:later
                - route:
                    id: d
                    from:
                      uri: direct:tapped
                      steps:
                        - log: tapped
                """.formatted(folder));
        JsonNode outcome = dryRunOf(ExitCode.OK, """
                - setHeader: {name: kind, constant: test}
                - transformDataType: {toType: "aws2-ddbstream:native-json"}
                - wireTap: {uri: "direct:tapped"}
                - toD: {uri: "file:%s/${header.kind}"}
                - to: seda:c
                """.formatted(folder) + "", event("e1", "INSERT", "A")).get(0);
        assertEquals(List.of("aws2-sns:later", "file://" + folder + "/test"), targets(outcome).stream().sorted().toList());
        JsonNode file = steps(outcome, "would_send").stream().filter(step -> step.path("target").textValue().startsWith("file:")).findFirst().orElseThrow();
        assertEquals("{\"pk\":\"A\",\"sk\":\"1\",\"total\":12.50}", file.path("payload").textValue());
        assertEquals("test", file.path("headers").path("kind").textValue());
        assertFalse(Files.exists(folder.resolve("ticks")), "a timer ran");
        assertFalse(Files.exists(folder.resolve("test")), "a file was written");
    }

    @Test
    void textSaysTheSameForPeople() throws IOException {
        Path file = Files.write(folder.resolve("events.jsonl"), List.of(event("e1", "REMOVE", "ORDER#1")));
        assertEquals(0, run("dry-run", "orders-fanout", file.toString(), "--keys", "pk,sk"));
        List.of("#1 REMOVE orders ORDER#1|1  event e1  (" + file + ":1)", "  filter: passed  simple{", "  choice: otherwise  (",
                "  would send to aws2-sqs:orders  by kamelet:distributary-sqs-sink?queue=orders", "    headers: ", "Nats-Msg-Id=e1")
                .forEach(expected -> assertTrue(output.toString().contains(expected), expected + " in " + output));
    }

    @Test
    void mistakesAreToldOnStandardError() throws IOException {
        Path file = Files.write(folder.resolve("events.jsonl"), List.of(event("e1", "REMOVE", "ORDER#1"), "{oops}"));
        assertEquals(ExitCode.CONFIGURATION.code(), run("dry-run", "orders-fanot", file.toString()));
        assertEquals("There is no route orders-fanot: did you mean orders-fanout?", errors.toString().strip());
        assertEquals(ExitCode.EVENTS.code(), run("dry-run", "orders-fanout", file.toString(), "--keys", "pk,sk"));
        assertTrue(errors.toString().contains(file + ":2: not correct JSON"), errors.toString());
        assertTrue(output.toString().startsWith("#1 REMOVE"), output.toString());
        assertEquals(ExitCode.EVENTS.code(), run("dry-run", "orders-fanout", "none.jsonl"));
        assertEquals("none.jsonl: cannot be read: there is no such file", errors.toString().strip());
        assertEquals(ExitCode.USAGE.code(), run("dry-run", "orders-fanout", file.toString(), "--keys", "a,b,c"));
        assertEquals(ExitCode.USAGE.code(), run("dry-run", "orders-fanout"));
        assertEquals(ExitCode.USAGE.code(), run("dry-run", "orders-fanout", file.toString(), "--last", "3", "--table", "t"));
        assertEquals(ExitCode.USAGE.code(), run("dry-run", "orders-fanout", "--last", "3"));
    }
}
