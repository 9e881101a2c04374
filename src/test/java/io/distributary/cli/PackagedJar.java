package io.distributary.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The packaged jar as a child process, as a person starts it; ends with the test. */
public final class PackagedJar implements AutoCloseable {
    static final Path JAR = Path.of("target", "distributary.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private PackagedJar(Process process) {
        this.process = process;
        reader = new Thread(this::read, "packaged-jar");
        reader.start();
    }

    /** Starts it in this folder; of the test's own environment only what finds Java is left, and health has any free port. */
    public static PackagedJar start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return start(0, folder, environment, arguments);
    }

    /** As above, with health and metrics on this port. */
    public static PackagedJar start(int managementPort, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return new PackagedJar(command(managementPort, folder, environment, arguments).redirectErrorStream(true).start());
    }

    /** A command's, which ends by itself; not started, its two streams apart. */
    static ProcessBuilder command(Path folder, Map<String, String> environment, String... arguments) {
        return command(0, folder, environment, arguments);
    }

    private static ProcessBuilder command(int managementPort, Path folder, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dcamel.management.host=127.0.0.1", "-Dcamel.management.port=" + managementPort, "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        // The chain's last link would otherwise wait for an instance's metadata service.
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment().putAll(environment);
        return builder;
    }

    private void read() {
        try (BufferedReader in = process.inputReader()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits for a line of its output. */
    public String await(Predicate<String> wanted) {
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> lines.stream().anyMatch(wanted) || !process.isAlive());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("without that line: " + lines, e);
        }
        return lines.stream().filter(wanted).findFirst()
                .orElseThrow(() -> new AssertionError("ended without that line: " + lines));
    }

    /** Waits for its end; then all output is read. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running: " + lines);
        }
        reader.join();
        return process.exitValue();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** SIGTERM. */
    public void terminate() {
        // Process.destroy would also close its output, and with it the log of the shutdown.
        process.toHandle().destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
