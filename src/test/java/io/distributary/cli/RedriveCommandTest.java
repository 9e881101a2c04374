package io.distributary.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.distributary.deadletter.Letters;
import io.distributary.diagnosis.ExitCode;
import io.distributary.routes.Changes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the command says, and with which exit code it ends; dead letters of a route that writes to a file. */
class RedriveCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void route() throws Exception {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/a.camel.yaml"), """
                - route:
                    id: a
                    from:
                      uri: aws2-ddbstream:orders
                      steps:
                        - to: %s
                """.formatted(target()));
        Files.writeString(folder.resolve("application.properties"), "camel.component.kamelet.no-error-handler=true\n");
    }

    private String target() {
        return "kamelet:distributary-file-sink?file=" + folder.resolve("out.jsonl");
    }

    private int redrive(String... arguments) {
        List<String> line = new ArrayList<>(List.of("redrive"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--config", folder.resolve("application.properties").toString(), "--kamelets", "kamelets", "--routes",
                folder.resolve("routes").toString()));
        CommandLine command = DistributaryCommand.commandLine();
        command.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        return command.execute(line.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"--since,yesterday", "--until,7", "--error,(", "--rate,-1", "--max,-1", "--in-flight,0"})
    void anOptionThatMakesNoSenseIsRefused(String option, String value) {
        assertEquals(ExitCode.USAGE.code(), redrive("file:dead.jsonl", option, value));
        assertTrue(errors.toString().contains(option), errors.toString());
    }

    @Test
    void aStoreThatIsNotThereIsNamed() {
        String nowhere = folder.resolve("nowhere.jsonl").toString();
        assertEquals(ExitCode.CONFIGURATION.code(), redrive("file:" + nowhere));
        assertTrue(errors.toString().contains("There is no file " + nowhere), errors.toString());
    }

    @Test
    void whatIsSentWhatStaysAndWhatIsNoDeadLetterIsSaid() throws Exception {
        Path dead = folder.resolve("dead.jsonl");
        String letter = Letters.of(Changes.of("INSERT", "ORDER#1"), target()).replaceFirst("\\{", "{\"route_id\":\"a\",");
        String elsewhere = Letters.of(Changes.of("INSERT", "ORDER#2"), "kamelet:gone-sink").replaceFirst("\\{", "{\"route_id\":\"a\",");
        Files.writeString(dead, letter + "\n" + elsewhere + "\nnonsense\n");

        assertEquals(ExitCode.EVENTS.code(), redrive("file:" + dead, "--force", "--dry-run", "--since", "1h"), errors.toString());
        assertTrue(output.toString().contains("Would send event-"), output.toString());
        assertTrue(Files.notExists(folder.resolve("out.jsonl")), "a dry run has written to the target");

        assertEquals(ExitCode.EVENTS.code(), redrive("file:" + dead, "--force"), errors.toString());
        assertEquals(1, Files.readAllLines(folder.resolve("out.jsonl")).size());
        String said = output.toString().substring(output.toString().lastIndexOf("Not sent"));
        assertTrue(said.contains("no longer leads this change to kamelet:gone-sink"), said);
        assertTrue(output.toString().contains("2 dead letters read, 1 sent, 1 not led to their target, 1 that are no dead letters"), output.toString());
    }
}
