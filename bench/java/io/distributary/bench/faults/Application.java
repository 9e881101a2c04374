package io.distributary.bench.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged jar with the shipped routes as a child process. */
final class Application implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("Health: (http://127\\.0\\.0\\.1:\\d+)/observe/health");
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int STOP_SECONDS = 40;

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile URI health;

    /**
     * How it is started.
     *
     * @param before      words before java, as those that give it a file system of its own
     * @param heap        its maximum, as {@code 256m}
     * @param options     of java, as system properties
     * @param environment on top of the peers' addresses and the route's settings
     */
    record Launch(List<String> before, String heap, List<String> options, Map<String, String> environment) {
        static final Launch PLAIN = new Launch(List.of(), "256m", List.of(), Map.of());
    }

    /**
     * @param work its folder; takes checkpoints and log
     * @param name of its log
     */
    Application(Launch launch, Path project, Path work, String name, Map<String, String> environment) throws IOException {
        log = work.resolve(name + ".log");
        List<String> command = new ArrayList<>(launch.before());
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + launch.heap(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dcamel.management.host=127.0.0.1", "-Dcamel.management.port=0"));
        command.addAll(launch.options());
        command.addAll(List.of("-jar", project.resolve("target/distributary.jar").toString(), "--config", project.resolve("application.properties").toString(),
                "--routes", project.resolve("routes").toString(), "--kamelets", project.resolve("kamelets").toString()));
        var builder = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().putAll(launch.environment());
        process = builder.start();
        var reader = new Thread(this::read, "faults-log");
        reader.setDaemon(true);
        reader.start();
        // of no use when closed in time; ends the child where this JVM is told to stop
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "faults-stop"));
    }

    /** The pipe takes the log whatever happens to the disk. */
    private void read() {
        try (BufferedReader in = process.inputReader();
                var copy = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var port = PORT.matcher(line);
                if (port.find()) {
                    health = URI.create(port.group(1));
                }
                lines.add(line);
                copy.write(line + System.lineSeparator());
                copy.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean started() {
        return health != null;
    }

    boolean running() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Its exit code; empty while it runs. */
    OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** All lines of its log so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    Path log() {
        return log;
    }

    /** The answer of {@code /readyz} or {@code /livez}; its port does not answer while the process is stopped. */
    HealthAnswer health(String path) throws InterruptedException {
        var address = health;
        if (address == null) {
            return HealthAnswer.NONE;
        }
        try {
            return HealthAnswer.of(http.send(HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER).build(),
                    HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return HealthAnswer.NONE;
        }
    }

    /** Sends it a signal, as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).redirectErrorStream(true).start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -" + name + " " + process.pid() + ": " + new String(kill.getInputStream().readAllBytes()));
        }
    }

    /** SIGKILL; returns when it is gone. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM, and SIGKILL after {@value #STOP_SECONDS} s. */
    @Override
    public void close() throws InterruptedException {
        process.toHandle().destroy(); // Process.destroy would close the pipe, and with it the last lines
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
