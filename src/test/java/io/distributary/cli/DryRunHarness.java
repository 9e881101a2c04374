package io.distributary.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.diagnosis.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs routes dry with settings that name a server which counts who connects: nobody. */
abstract class DryRunHarness {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String HANDLED = "    routeConfigurationId: error-handling\n";

    @TempDir
    Path folder;

    Connections connections;
    StringWriter output;
    StringWriter errors;

    @BeforeEach
    void startServer() throws IOException {
        connections = new Connections();
        Files.createDirectories(folder.resolve("routes"));
        Files.copy(Path.of("routes/error-handling.camel.yaml"), folder.resolve("routes/error-handling.camel.yaml"));
        Files.writeString(folder.resolve("application.properties"), Files.readString(Path.of("application.properties"))
                + connections.settings() + "dead-letter.uri=kamelet:distributary-dead-letter-file-sink?file=" + folder.resolve("dead.jsonl"));
    }

    @AfterEach
    void nobodyConnected() throws Exception {
        connections.close();
        assertEquals(0, connections.count(), "connections opened by a dry run");
        assertFalse(Files.exists(folder.resolve("dead.jsonl")), "a dead letter was written");
    }

    int run(String... arguments) {
        output = new StringWriter();
        errors = new StringWriter();
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--config", folder.resolve("application.properties").toString(), "--kamelets", "kamelets"));
        CommandLine command = DistributaryCommand.commandLine();
        command.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        return command.execute(line.toArray(String[]::new));
    }

    List<JsonNode> dryRun(ExitCode expected, String routes, String route, String... events) throws IOException {
        Path file = Files.write(folder.resolve("events.jsonl"), List.of(events));
        int code = run("dry-run", route, file.toString(), "--keys", "pk,sk", "--json", "--routes", routes);
        assertEquals(expected.code(), code, output + "\n" + errors);
        List<JsonNode> outcomes = new ArrayList<>();
        for (String line : output.toString().lines().toList()) {
            outcomes.add(JSON.readTree(line));
        }
        return outcomes;
    }

    List<JsonNode> dryRunOf(ExitCode expected, String steps, String... events) throws IOException {
        return dryRunFrom(expected, HANDLED, "aws2-ddbstream:orders", steps, events);
    }

    List<JsonNode> dryRunFrom(ExitCode expected, String handling, String from, String steps, String... events) throws IOException {
        Files.writeString(folder.resolve("routes/a.camel.yaml"), "- route:\n    id: a\n" + handling + "    from:\n      uri: " + from
                + "\n      steps:\n" + steps.indent(8));
        return dryRun(expected, folder.resolve("routes").toString(), "a", events);
    }

    static String event(String id, String name, String pk) {
        String image = "{\"pk\":\"" + pk + "\",\"sk\":\"1\",\"total\":12.50}";
        return "{\"event_id\":\"" + id + "\",\"event_name\":\"" + name + "\",\"table_name\":\"orders\",\"sequence_number\":\"7\","
                + "\"keys\":{\"pk\":\"" + pk + "\",\"sk\":\"1\"},\"" + (name.equals("REMOVE") ? "old" : "new") + "_image\":" + image + "}";
    }

    static List<JsonNode> steps(JsonNode outcome, String kind) {
        return StreamSupport.stream(outcome.path("steps").spliterator(), false)
                .filter(step -> step.path("step").textValue().equals(kind)).toList();
    }

    static List<String> targets(JsonNode outcome) {
        return steps(outcome, "would_send").stream().map(step -> step.path("target").textValue()).toList();
    }
}
