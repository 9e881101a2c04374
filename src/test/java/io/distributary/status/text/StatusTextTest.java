package io.distributary.status.text;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.distributary.project.GeneratedTables;
import io.distributary.status.Status;
import io.distributary.status.StatusJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class StatusTextTest {
    private static final Terminal UNICODE = new Terminal(false, true, 0);

    private final Status sample = sample();

    private static Status sample() {
        try {
            return StatusJson.read(Files.readString(Path.of("src/test/resources/status/sample.json")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theExampleInTheCommandsPageIsWhatTheSamplePrints() throws IOException {
        GeneratedTables.check(Path.of("docs/commands/status.md"), Map.of("example",
                "```\n$ java -jar distributary.jar status\n" + String.join("\n", StatusText.of(sample, new Terminal(false, true, 150))) + "\n```\n"),
                StatusTextTest.class);
    }

    @Test
    void theFirstLineSaysWhetherItIsHealthy() {
        assertTrue(StatusText.of(sample, UNICODE).get(0).endsWith("up 8 h 47 min  NOT READY"));
        assertTrue(StatusText.of(healthy("UP", "UP"), UNICODE).get(0).endsWith("  READY"));
        assertTrue(StatusText.of(healthy("DOWN", "DOWN"), UNICODE).get(0).endsWith("  NOT LIVE"));
        assertTrue(StatusText.of(healthy("UP", "UP"), UNICODE).contains("Nothing to do"));
        assertTrue(StatusText.of(healthy("UP", "UP"), UNICODE).contains("No dead letters since the start"));
    }

    @Test
    void withoutUnicodeEveryLineIsAscii() {
        StatusText.of(sample, Terminal.PLAIN).forEach(line -> assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(line), line));
    }

    @Test
    void coloursAddNothingButColours() {
        List<String> coloured = StatusText.of(sample, new Terminal(true, true, 0));
        assertTrue(coloured.stream().anyMatch(line -> line.contains("\u001b[31mNOT READY\u001b[0m")));
        assertEquals(StatusText.of(sample, UNICODE), coloured.stream().map(line -> line.replaceAll("\u001b\\[\\d+m", "").stripTrailing()).toList());
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        List<String> lines = StatusText.of(sample, new Terminal(false, true, 120));
        lines.forEach(line -> assertTrue(line.length() <= 120, line));
        assertTrue(lines.stream().anyMatch(line -> line.endsWith("...")));
    }

    @Test
    void controlCharactersOfARecordDoNotReachTheTerminal() throws IOException {
        String evil = Files.readString(Path.of("src/test/resources/status/sample.json")).replace("ORDER#1001|METADATA", "\\u001b[2J\\u0007ORDER");
        assertTrue(evil.contains("\\u0007ORDER"));
        StatusText.of(StatusJson.read(evil), UNICODE).forEach(line -> assertFalse(line.chars().anyMatch(c -> c < ' '), line));
    }

    @ParameterizedTest
    @CsvSource({
            "true,  xterm, '',   UTF-8,      true,  true",
            "true,  xterm, 1,    UTF-8,      false, true",
            "true,  dumb,  '',   UTF-8,      false, true",
            "false, xterm, '',   UTF-8,      false, true",
            "true,  xterm, '',   US-ASCII,   true,  false",
            "true,  xterm, '',   ISO-8859-1, true,  false",
    })
    void theTerminalIsJudgedByTheEnvironment(boolean interactive, String term, String noColour, String charset, boolean colours, boolean unicode) {
        Terminal terminal = Terminal.of(interactive, Map.of("TERM", term, "NO_COLOR", noColour, "COLUMNS", "80"), Charset.forName(charset));
        assertEquals(new Terminal(colours, unicode, interactive ? 80 : 0), terminal);
    }

    @Test
    void aSparklineIsRelativeToItsHighestPoint() {
        List<Double> series = Arrays.asList(null, 0.0, 0.1, 50.0, 100.0);
        assertEquals(" ▁▂▅█", Sparkline.of(series, 10, true));
        assertEquals("_.=#", Sparkline.of(series, 4, false));
        assertEquals("__", Sparkline.of(List.of(0.0, 0.0), 4, false));
        assertEquals("", Sparkline.of(List.of(), 4, false));
    }

    private Status healthy(String live, String ready) {
        return new Status(1, sample.now(), sample.instance(), new Status.Health(live, ready, List.of()), List.of(), sample.sources(),
                sample.routes(), List.of(), sample.targets(), new Status.DeadLetters(0, 0, 0, 50, true, List.of()));
    }
}
