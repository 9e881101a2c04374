package io.distributary.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.diagnosis.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a person runs them: the packaged jar, in a copy of the shipped folder, without any server or setting of AWS. */
class PackagedCommandsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROUTE = "routes/orders-fanout.camel.yaml";

    @TempDir
    private Path folder;

    @BeforeEach
    void copyWhatIsShipped() throws IOException {
        for (String shipped : List.of("application.properties", "routes", "kamelets")) {
            try (Stream<Path> files = Files.walk(Path.of(shipped))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.createDirectories(folder.resolve(file).getParent());
                    Files.copy(file, folder.resolve(file));
                }
            }
        }
    }

    private PackagedCommand run(ExitCode expected, String... arguments) throws Exception {
        PackagedCommand ended = PackagedCommand.run(folder, Map.of(), arguments);
        assertEquals(expected.code(), ended.exitCode(), ended.toString());
        return ended;
    }

    private static String only(List<String> lines) {
        assertEquals(1, lines.size(), lines.toString());
        return lines.get(0);
    }

    @Test
    void validateFindsNothingInWhatIsShippedAndNamesThePlaceOfAMistake() throws Exception {
        PackagedCommand shipped = run(ExitCode.OK, "validate");
        assertTrue(only(shipped.out()).endsWith(" files: no problems"), shipped.toString());
        assertEquals(List.of(), shipped.err());

        List<String> recipes = recipes();
        PackagedCommand each = run(ExitCode.OK, Stream.concat(Stream.of("validate", "--json"), recipes.stream()).toArray(String[]::new));
        JsonNode report = JSON.readTree(String.join("\n", each.out()));
        assertTrue(report.path("valid").booleanValue(), each.toString());
        assertEquals(0, report.path("errors").intValue(), each.toString());
        assertEquals(recipes.size(), report.path("files").size());
        assertEquals(List.of(), each.err());

        List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve(ROUTE)));
        int broken = lines.indexOf("        streamIteratorType: FROM_START");
        lines.set(broken, lines.get(broken).replace("streamIteratorType", "streamIteratorTyp"));
        Files.write(folder.resolve(ROUTE), lines);
        PackagedCommand told = run(ExitCode.CONFIGURATION, "validate");
        assertTrue(told.out().get(0).startsWith(ROUTE + ":" + (broken + 1) + ":9: error: aws2-ddbstream has no option streamIteratorTyp: "
                + "did you mean streamIteratorType?"), told.toString());
        assertEquals(2, told.out().size(), told.toString());
        assertEquals(List.of(), told.err());
    }

    private List<String> recipes() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("routes/recipes"))) {
            return files.map(file -> folder.relativize(file).toString()).sorted().toList();
        }
    }

    @Test
    void aDryRunShowsWhatTheShippedRouteAndARecipeWouldSend() throws Exception {
        Files.writeString(folder.resolve("events.json"), event("ORDER#1", "INSERT", "NewImage", null));
        PackagedCommand shipped = run(ExitCode.OK, "dry-run", "orders-fanout", "events.json", "--keys", "pk,sk", "--json");
        JsonNode outcome = JSON.readTree(only(shipped.out()));
        assertEquals(List.of("aws2-sns:orders", "aws2-sqs:orders", "nats:orders.orders", "opensearch:orders"), targets(outcome));
        assertEquals(List.of(), shipped.err());

        Files.copy(folder.resolve("routes/recipes/ttl-archive.camel.yaml"), folder.resolve("routes/ttl-archive.camel.yaml"));
        Files.writeString(folder.resolve("events.json"), event("S#1", "REMOVE", "OldImage",
                "{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"}") + event("S#2", "REMOVE", "OldImage", null) + "{oops}");
        PackagedCommand recipe = PackagedCommand.run(folder, Map.of("ARCHIVE_URI", "kamelet:distributary-file-sink?file=data/archive.jsonl"),
                "dry-run", "ttl-archive", "events.json", "--keys", "pk,sk", "--json");
        assertEquals(ExitCode.EVENTS.code(), recipe.exitCode(), recipe.toString());
        assertEquals(2, recipe.out().size(), recipe.toString());
        String archive = "file:" + folder.toRealPath().resolve("data/archive.jsonl");
        assertEquals(List.of(archive), targets(JSON.readTree(recipe.out().get(0))));
        assertEquals(List.of(), targets(JSON.readTree(recipe.out().get(1))));
        assertTrue(only(recipe.err()).startsWith("events.json:1: not correct JSON"), recipe.toString());
        assertTrue(Files.notExists(folder.resolve("data")), "a dry run wrote something");
    }

    @Test
    void explainShowsTheIdsAndAProblemGoesToStandardError() throws Exception {
        Files.writeString(folder.resolve("events.json"), event("ORDER#1", "INSERT", "NewImage", null));
        PackagedCommand explained = run(ExitCode.OK, "explain", "events.json", "--keys", "pk,sk", "--json");
        JsonNode ids = JSON.readTree(only(explained.out())).path("ids");
        assertEquals("ORDER#1", ids.path("event_id").textValue());
        assertEquals("ORDER#1|METADATA", ids.path("item_key").textValue());
        assertEquals(List.of(), explained.err());

        PackagedCommand missing = run(ExitCode.EVENTS, "explain", "none.json");
        assertEquals(List.of(), missing.out());
        assertEquals("none.json: cannot be read: there is no such file", only(missing.err()));

        PackagedCommand unknown = run(ExitCode.CONFIGURATION, "dry-run", "orders-fanot", "events.json");
        assertEquals(List.of(), unknown.out());
        assertEquals("There is no route orders-fanot: did you mean orders-fanout?", only(unknown.err()));
    }

    private static List<String> targets(JsonNode outcome) {
        List<String> targets = new ArrayList<>();
        outcome.path("steps").forEach(step -> {
            if (step.path("step").textValue().equals("would_send")) {
                targets.add(step.path("target").textValue());
            }
        });
        return targets;
    }

    /** A Lambda document of one line, its event id the partition key. */
    private static String event(String pk, String name, String image, String userIdentity) {
        String keys = "\"pk\":{\"S\":\"" + pk + "\"},\"sk\":{\"S\":\"METADATA\"}";
        return ("{\"Records\":[{\"eventID\":\"%s\",\"eventName\":\"%s\",\"eventSource\":\"aws:dynamodb\",\"awsRegion\":\"us-east-1\","
                + "\"dynamodb\":{\"ApproximateCreationDateTime\":1780000000,\"Keys\":{%s},\"%s\":{%s,\"total\":{\"N\":\"12.50\"}},"
                + "\"SequenceNumber\":\"111\",\"SizeBytes\":26,\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"},%s\"eventSourceARN\":"
                + "\"arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000\"}]}")
                .formatted(pk, name, keys, image, keys, userIdentity == null ? "" : "\"userIdentity\":" + userIdentity + ",");
    }
}
