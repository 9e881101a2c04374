package io.distributary.bench.faults;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Short commands of the system. */
final class Commands {
    private Commands() {
    }

    /** What went wrong; empty where nothing did. */
    static Optional<String> run(List<String> command) throws IOException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes()).strip();
            return process.waitFor() == 0 ? Optional.empty() : Optional.of(output.isEmpty() ? "exit code " + process.exitValue() : output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + String.join(" ", command), e);
        }
    }
}
