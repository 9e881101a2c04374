package io.distributary.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.distributary.status.Status.Next;
import io.distributary.status.Status.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What is to be done next: one case a line, each a change to an instance with nothing to do. */
class NextThingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HELD = "{\"event_id\":\"e1\",\"sequence_number\":\"77\",\"attempts\":9,\"first_failed_at\":\"%s\",\"reason\":\"refused\"}";

    static Stream<Arguments> cases() {
        return Stream.of(
                arguments("a target is down", change("/targets/0", "state", "\"DOWN\"", "since", "\"2026-11-21T17:00:00Z\"", "reason", "\"no route\""),
                        "ERROR target", "Bring back aws2-sns:orders, or let it be reached: nothing was accepted since 2026-11-21T17:00:00Z: no route"),
                arguments("a record holds its shard, and the route has dead letters", change("/sources/0/shards/0", "state", "\"HELD\"",
                        "lag_ms", "600000", "failing_record", HELD.formatted("2026-11-21T17:50:00Z")),
                        "ERROR source", "See why neither target nor dead letters take a record of table orders: shard shardId-1 is held for 9 min 59 s"
                                + " by record 77, after 9 attempts: refused"),
                arguments("a record holds its shard, and the route has none", change("/routes/0", "dead_letter_channel", "false")
                        .andThen(change("/sources/0/shards/0", "state", "\"HELD\"", "lag_ms", "600000", "failing_record",
                                HELD.formatted("2026-11-21T17:50:00Z"))),
                        "ERROR source", "Give route orders-fanout a dead letter channel, or mend what its record fails at: shard"),
                arguments("a record that holds its shard is nearly lost", change("/sources/0/shards/0", "state", "\"HELD\"",
                        "lag_ms", "80000000", "failing_record", HELD.formatted("2026-11-20T19:50:00Z")),
                        "ERROR source", "refused; DynamoDB keeps records for 24 hours only"),
                arguments("a record has failed just now", change("/sources/0/shards/0", "state", "\"HELD\"", "lag_ms", "9000",
                        "failing_record", HELD.formatted("2026-11-21T17:59:50Z")), null, null),
                arguments("the lag is high and the window full", change("/sources/0", "lag_ms", "90000", "lag", "\"1 min 30 s\"")
                        .andThen(change("/sources/0/shards/0", "state", "\"BACK_PRESSURE\"")),
                        "WARNING source", "Speed up the targets of route orders-fanout, or raise maxInFlight: table orders is 1 min 30 s behind; its window"
                                + " of 256 is full: the targets are the bottleneck, the slowest is aws2-sns:orders with 8 ms"),
                arguments("the lag is high and the reader catches up", change("/sources/0", "lag_ms", "90000", "lag", "\"1 min 30 s\"",
                        "read_per_second", "400.0"), "INFO source", "Wait until table orders has caught up: table orders is 1 min 30 s behind, at 400 records/s"),
                arguments("the lag is high and nothing is read", change("/sources/0", "lag_ms", "90000", "lag", "\"1 min 30 s\"", "read_per_second", "0"),
                        "WARNING source", "See why table orders is behind"),
                arguments("the lag comes near to what DynamoDB keeps", change("/sources/0", "lag_ms", "72000000", "lag", "\"20 h\"",
                        "read_per_second", "400.0"), "ERROR source", "DynamoDB keeps records for 24 hours only"),
                arguments("the stream is not reached", change("/sources/0", "state", "\"RETRYING\"", "problem", "\"Connection refused\""),
                        "ERROR source", "See why table orders is not read: Connection refused"),
                arguments("only a person can mend the source", change("/sources/0", "state", "\"FAILED\"", "problem", "\"a gap\""),
                        "ERROR source", "Decide how table orders is to go on: a gap"),
                arguments("records were lost upstream", change("/sources/0", "gaps", "2"), "WARNING source",
                        "Compare table orders with the targets of route orders-fanout: 2 gaps since the start"),
                arguments("dead letters wait", change("/dead_letters", "made", "1", "stored", "1", "letters", "[" + letter(true) + "]"),
                        "WARNING dead_letters", "Look at the dead letters, and send them again when their cause is gone: 1 dead letter stored since the"
                                + " start; the last one: too large"),
                arguments("dead letters are not stored", change("/dead_letters", "made", "5", "letters", "[" + letter(false) + "]"),
                        "ERROR dead_letters", "Bring back where the dead letters go: it did not take 1 dead letter"),
                arguments("a saved file is refused", change("", "refused", "[{\"file\":\"routes/a.camel.yaml\",\"line\":7,\"problem\":\"routes/a.camel.yaml:7:9:"
                        + " no such option\"}]"), "WARNING file", "Correct routes/a.camel.yaml, line 7: no such option; its last good version runs on"),
                arguments("a file's routes do not run", change("", "refused", "[{\"file\":\"routes/a.camel.yaml\",\"line\":null,\"problem\":\"Not running:"
                        + " no such queue\"}]"), "ERROR file", "Correct routes/a.camel.yaml: Not running: no such queue"),
                arguments("a route is suspended", change("/routes/0", "state", "\"SUSPENDED\""), "WARNING route", "Resume route orders-fanout"),
                arguments("a route is stopped", change("/routes/0", "state", "\"STOPPED\""), "WARNING route", "Start route orders-fanout"),
                arguments("not ready for a reason of Camel's", change("/health", "ready", "\"DOWN\"", "checks",
                        "[{\"id\":\"context\",\"state\":\"DOWN\",\"live\":true,\"ready\":true,\"reason\":\"starting\"}]"),
                        "ERROR health", "See why the application is not live: context: starting"),
                arguments("what a target's check says is said once", change("/health", "ready", "\"DOWN\"", "checks",
                        "[{\"id\":\"target:aws2-sns:orders\",\"state\":\"DOWN\",\"live\":false,\"ready\":true,\"reason\":\"x\"}]"), null, null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void eachCaseSaysWhatToDo(String name, Change change, String expected, String text) {
        ObjectNode tree = calm();
        change.on(tree);
        List<Next> next = NextThings.of(StatusJson.read(tree.toString()));
        if (expected == null) {
            assertEquals(List.of(), next);
            return;
        }
        assertEquals(1, next.size(), next::toString);
        assertEquals(expected, next.get(0).severity() + " " + next.get(0).about().kind());
        String said = next.get(0).what() + ": " + next.get(0).why();
        assertTrue(said.contains(text), said);
    }

    @Test
    void nothingIsToBeDoneWhereAllIsWell() {
        assertEquals(List.of(), NextThings.of(StatusJson.read(calm().toString())));
    }

    @Test
    void theMostUrgentComesFirst() {
        List<Severity> severities = NextThings.of(SampleTest.sample()).stream().map(Next::severity).toList();
        assertEquals(severities.stream().sorted().toList(), severities);
        assertEquals(Severity.ERROR, severities.get(0));
    }

    @Test
    void theCommandForDeadLettersNamesTheirStoreAndTarget() throws IOException {
        ObjectNode tree = calm();
        change("/dead_letters", "made", "1", "stored", "1", "letters", "[" + letter(true) + "]").on(tree);
        assertEquals("java -jar distributary.jar redrive sqs:orders-dead-letters --target 'kamelet:sink?a=b'",
                NextThings.of(StatusJson.read(tree.toString())).get(0).command());
        assertEquals("file:data/d.jsonl", DeadLetterPlaces.store("kamelet:distributary-dead-letter-file-sink?file=data%2Fd.jsonl"));
        assertEquals("jetstream:letters", DeadLetterPlaces.store("kamelet:distributary-dead-letter-jetstream-sink?stream=letters&subjectPrefix=l"));
        assertEquals("s3://bucket/letters", DeadLetterPlaces.store("kamelet:distributary-dead-letter-s3-sink?bucket=bucket&prefix=letters"));
        assertEquals("s3://bucket/" + DeadLetterPlaces.S3_PREFIX, DeadLetterPlaces.store("kamelet:distributary-dead-letter-s3-sink?bucket=bucket"));
        assertTrue(Files.readString(Path.of("kamelets/distributary-dead-letter-s3-sink.kamelet.yaml"))
                .contains("        default: " + DeadLetterPlaces.S3_PREFIX + "\n"), "the kamelet's default is another one");
        assertEquals("STORE", DeadLetterPlaces.store("kamelet:distributary-dead-letter-sns-sink?topic=letters"));
        assertEquals("STORE", DeadLetterPlaces.store("aws2-sqs:letters"));
    }

    private static String letter(boolean stored) {
        return "{\"id\":\"x\",\"time\":\"2026-11-21T17:59:00Z\",\"stored\":" + stored + ",\"target\":\"kamelet:sink?a=b\",\"reason\":\"too large\"}";
    }

    /** The sample with all that is wrong taken out: one route, one table, one shard, one target. */
    private static ObjectNode calm() {
        ObjectNode tree = tree(StatusJson.write(SampleTest.sample()));
        change("/health", "live", "\"UP\"", "ready", "\"UP\"", "checks", "[]").on(tree);
        change("", "refused", "[]").on(tree);
        change("/dead_letters", "made", "0", "stored", "0", "letters", "[]").on(tree);
        for (String list : List.of("sources", "routes", "targets")) {
            ArrayNode array = (ArrayNode) tree.get(list);
            while (array.size() > 1) {
                array.remove(1);
            }
        }
        change("/sources/0", "shards", "[{\"id\":\"shardId-1\",\"state\":\"READING\"}]", "lag_ms", "12000").on(tree);
        return tree;
    }

    private static ObjectNode tree(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A change to a status. */
    interface Change {
        void on(ObjectNode tree);

        default Change andThen(Change next) {
            return tree -> {
                on(tree);
                next.on(tree);
            };
        }
    }

    /** Sets fields, names and JSON values in turn, of the object at a JSON pointer. */
    private static Change change(String at, String... fields) {
        return tree -> {
            for (int i = 0; i < fields.length; i += 2) {
                try {
                    ((ObjectNode) tree.at(at)).set(fields[i], JSON.readTree(fields[i + 1]));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }
}
