package io.distributary.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.diagnosis.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ValidateCommandTest {
    private static final String ROUTE = """
            - route:
                id: a
                from:
                  uri: aws2-ddbstream:orders
                  steps:
                    - to: aws2-sqs:orders
            """;

    @TempDir
    Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void goodFiles() throws IOException {
        Files.createDirectories(folder.resolve("routes"));
        Files.createDirectories(folder.resolve("kamelets"));
        Files.writeString(folder.resolve("application.properties"), "orders.table=orders\n");
        Files.writeString(folder.resolve("routes/a.camel.yaml"), ROUTE);
    }

    @Test
    void notesAloneAreSuccess() {
        assertEquals(ExitCode.OK.code(), validate("--strict"));
        assertEquals("""
                routes/a.camel.yaml:4:12: note: route a has no error handler: a change that a target never accepts is delivered\
                 again without end, and holds its shard's checkpoint. Name one with routeConfigurationId
                2 files: 1 note
                """, lines());
    }

    @Test
    void warningsFailOnlyWhereItIsStrict() throws IOException {
        route(ROUTE.replace("aws2-sqs:", "nats:"));
        assertEquals(ExitCode.OK.code(), validate());
        assertTrue(lines().endsWith("2 files: 1 warning, 1 note\n"), lines());
        assertEquals(ExitCode.CONFIGURATION.code(), validate("--strict"));
    }

    @Test
    void allErrorsOfAllFilesAreFoundAndSorted() throws IOException {
        route(ROUTE.replace("aws2-sqs:", "aws2-sqss:"));
        Files.writeString(folder.resolve("application.properties"), "aws.regoin=x\n");
        Files.writeString(folder.resolve("kamelets/b-sink.kamelet.yaml"), "kind: [");
        assertEquals(ExitCode.CONFIGURATION.code(), validate());
        List<String> places = lines().lines().map(line -> line.replaceFirst("(: (?:error|note)): .*", "$1")).toList();
        assertEquals(List.of("application.properties:1:1: error", "kamelets/b-sink.kamelet.yaml:1:8: error",
                "routes/a.camel.yaml:4:12: note", "routes/a.camel.yaml:6:15: error", "3 files: 3 errors, 1 note"), places);
    }

    @Test
    void onlyTheGivenFilesAreReportedOn() throws IOException {
        route(ROUTE.replace("aws2-sqs:", "aws2-sqss:"));
        Files.writeString(folder.resolve("other.camel.yaml"), ROUTE.replace("id: a", "id: b").replace("aws2-sqs:", "direct:"));
        assertEquals(ExitCode.CONFIGURATION.code(), validate(folder.resolve("other.camel.yaml").toString()));
        assertFalse(lines().contains("aws2-sqss"), lines());
        assertTrue(lines().contains("other.camel.yaml:6:15: error: no route begins with direct:orders"), lines());
        assertTrue(lines().endsWith("1 file: 1 error, 1 note\n"), lines());
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        assertEquals(ExitCode.CONFIGURATION.code(), validate("no.camel.yaml"));
        assertTrue(lines().contains("no.camel.yaml: error: there is no such file"), lines());
        Files.delete(folder.resolve("application.properties"));
        Files.delete(folder.resolve("routes/a.camel.yaml"));
        Files.delete(folder.resolve("routes"));
        assertEquals(ExitCode.CONFIGURATION.code(), validate());
        assertTrue(lines().contains("application.properties: error: there is no such file"), lines());
        assertTrue(lines().contains("routes: error: there is no such folder"), lines());
    }

    @Test
    void jsonHasItsDocumentedShape() throws IOException {
        route(ROUTE.replace("orders\n  ", "orders?maxInFligt=3\n  "));
        assertEquals(ExitCode.CONFIGURATION.code(), validate("--json"));
        JsonNode json = new ObjectMapper().readTree(output.toString());
        assertEquals(List.of("valid", "errors", "warnings", "notes", "files", "problems"), names(json));
        assertFalse(json.get("valid").asBoolean());
        assertEquals(1, json.get("errors").asInt());
        assertEquals(2, json.get("files").size());
        JsonNode problem = json.at("/problems/1");
        assertEquals(List.of("file", "line", "column", "severity", "message"), names(problem));
        assertEquals(4, problem.get("line").asInt());
        assertEquals(34, problem.get("column").asInt());
        assertEquals("error", problem.get("severity").asText());
    }

    @Test
    void anOptionBeforeTheCommandIsRefusedInsteadOfIgnored() {
        int code = DistributaryCommand.commandLine().setErr(new PrintWriter(errors))
                .execute("--routes", folder.toString(), "validate");
        assertEquals(ExitCode.USAGE.code(), code);
        assertTrue(errors.toString().startsWith("--routes comes after the command: validate --routes"), errors.toString());
    }

    private int validate(String... arguments) {
        output.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(List.of("validate", "--config", folder.resolve("application.properties").toString(),
                "--routes", folder.resolve("routes").toString(), "--kamelets", folder.resolve("kamelets").toString()));
        line.addAll(List.of(arguments));
        return DistributaryCommand.commandLine().setOut(new PrintWriter(output)).execute(line.toArray(String[]::new));
    }

    private void route(String text) throws IOException {
        Files.writeString(folder.resolve("routes/a.camel.yaml"), text);
    }

    private String lines() {
        return output.toString().replace(folder + "/", "");
    }

    private static List<String> names(JsonNode json) {
        return json.properties().stream().map(property -> property.getKey()).toList();
    }
}
