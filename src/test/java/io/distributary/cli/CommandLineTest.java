package io.distributary.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.distributary.diagnosis.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import picocli.CommandLine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CommandLineTest {
    static Stream<Arguments> goodLines() {
        return Stream.of(
                Arguments.of(List.of(), "application.properties", "routes", "kamelets", false),
                Arguments.of(List.of("--config", "a.properties"), "a.properties", "routes", "kamelets", false),
                Arguments.of(List.of("--config=/etc/a.properties", "--routes=/r"), "/etc/a.properties", "/r", "kamelets", false),
                Arguments.of(List.of("-c", "a", "-r", "b", "-k", "c", "-v"), "a", "b", "c", true),
                Arguments.of(List.of("--kamelets", "my kamelets", "--verbose"), "application.properties", "routes",
                        "my kamelets", true));
    }

    @ParameterizedTest
    @MethodSource("goodLines")
    void optionsNameTheFilesAndFolders(List<String> line, String config, String routes, String kamelets, boolean verbose) {
        RunOptions options = CommandLine.populateCommand(new RunOptions(), line.toArray(String[]::new));
        assertEquals(Path.of(config), options.config());
        assertEquals(Path.of(routes), options.routes());
        assertEquals(Path.of(kamelets), options.kamelets());
        assertEquals(verbose, options.verbose());
    }

    /** A logger that is made before the command has set up the logging keeps what everything logs but errors from being seen. */
    @Test
    void noCommandMakesALoggerWhenItIsLoaded() {
        Stream.concat(Stream.of(DistributaryCommand.commandLine()), DistributaryCommand.commandLine().getSubcommands().values().stream())
                .map(command -> command.getCommandSpec().userObject().getClass())
                .forEach(command -> assertTrue(Stream.of(command.getDeclaredFields())
                        .noneMatch(field -> field.getType() == Logger.class), command.getName()));
    }

    static Stream<Arguments> badLines() {
        return Stream.of(
                Arguments.of(List.of("--confg", "a"), "Unknown options: '--confg', 'a'"),
                Arguments.of(List.of("--config"), "Missing required parameter for option '--config' (FILE)"),
                Arguments.of(List.of("orders"), "Unmatched argument at index 0: 'orders'"));
    }

    @ParameterizedTest
    @MethodSource("badLines")
    void aWrongLineIsExplainedAndEndsWithTheUsageCode(List<String> line, String message) {
        StringWriter errors = new StringWriter();
        int code = DistributaryCommand.commandLine().setErr(new PrintWriter(errors)).execute(line.toArray(String[]::new));
        assertEquals(ExitCode.USAGE.code(), code);
        assertTrue(errors.toString().startsWith(message), errors.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpNamesEveryOptionAndExitCode(String option) {
        StringWriter output = new StringWriter();
        assertEquals(0, DistributaryCommand.commandLine().setOut(new PrintWriter(output)).execute(option));
        String help = output.toString();
        List.of("--config=FILE", "--routes=DIR", "--kamelets=DIR", "--verbose", "--version", "143")
                .forEach(expected -> assertTrue(help.contains(expected), help));
        for (ExitCode code : ExitCode.values()) {
            assertTrue(help.lines().anyMatch(line -> line.startsWith("  " + code.code() + " ")), help);
        }
    }

    @Test
    void versionNamesCamelAndJavaToo() {
        StringWriter output = new StringWriter();
        assertEquals(0, DistributaryCommand.commandLine().setOut(new PrintWriter(output)).execute("--version"));
        List<String> lines = output.toString().lines().toList();
        assertEquals(3, lines.size(), lines.toString());
        assertTrue(lines.get(0).startsWith("Distributary "), lines.toString());
        assertTrue(lines.get(1).startsWith("Apache Camel 4."), lines.toString());
        assertTrue(lines.get(2).startsWith("Java "), lines.toString());
    }
}
