package io.distributary.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of the packaged jar that has ended, as a person ran it.
 *
 * @param exitCode of the process
 * @param out      lines on standard output
 * @param err      lines on standard error
 */
record PackagedCommand(int exitCode, List<String> out, List<String> err) {
    private static final long PATIENCE_SECONDS = 180;

    static PackagedCommand run(Path folder, Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("command", ".out");
        Path err = Files.createTempFile("command", ".err");
        Process process = PackagedJar.command(folder, environment, arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "still running");
            return new PackagedCommand(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }
}
