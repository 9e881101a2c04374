package io.distributary.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Assumptions;

/** Prometheus' own checker of rules, found as {@link ProgramFinder} says; {@code $PROMTOOL} names one. */
public final class Promtool {
    private static final ProgramFinder.Wanted WANTED = new ProgramFinder.Wanted("promtool", "prometheus", "PROMTOOL",
            Pattern.compile("promtool, version (2\\.(3[5-9]|[4-9]\\d)|[3-9]\\.|\\d\\d)"), "promtool 2.35 or newer",
            "https://prometheus.io/download/");

    private final Path program;

    private Promtool(Path program) {
        this.program = program;
    }

    /** Skips the test, with the reason, where there is none and none can be fetched. */
    public static Promtool findOrSkip() {
        try {
            return new Promtool(ProgramFinder.find(WANTED));
        } catch (SandboxException e) {
            Assumptions.abort("Not checked by promtool: " + e.getMessage());
            throw e;
        }
    }

    /**
     * Runs it in a folder.
     *
     * @param status 0 where all is well
     * @param output both streams'
     */
    public record Result(int status, String output) {
    }

    public Result run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("promtool", ".out");
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("promtool " + String.join(" ", arguments) + " has not ended within 120 s");
            }
            return new Result(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }
}
