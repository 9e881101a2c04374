package io.distributary.bench.crash;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.FileCheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged jar as a child process, with the route of {@code bench/crash-route}, started again after each kill. */
final class PackagedApplication implements AutoCloseable {
    /** The route's id, which names its checkpoints. */
    private static final String ROUTE = "crash";
    private static final int STOP_SECONDS = 40;

    private final Path project;
    private final Path work;
    private final String table;
    private final Map<String, String> environment;
    private int generation;
    private volatile Process process;

    /**
     * @param project     folder with target/distributary.jar, bench and kamelets
     * @param work        the processes' folder, takes their log and checkpoints
     * @param environment their settings
     */
    PackagedApplication(Path project, Path work, String table, Map<String, String> environment) {
        this.project = project;
        this.work = work;
        this.table = table;
        this.environment = environment;
        // of no use when closed in time; ends the child where this JVM is told to stop
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (process != null) {
                process.destroyForcibly();
            }
        }, "crash-stop"));
    }

    /** Starts it; answers the number of this start, from 1. */
    int start() throws IOException {
        generation++;
        var route = project.resolve("bench/crash-route");
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dcamel.management.port=0", "-jar", project.resolve("target/distributary.jar").toString(),
                "--config", route.resolve("application.properties").toString(), "--routes", route.toString(),
                "--kamelets", project.resolve("kamelets").toString())
                .directory(work.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("CRASH_GENERATION", Integer.toString(generation));
        process = builder.start();
        return generation;
    }

    boolean running() {
        return process.isAlive();
    }

    /** SIGKILL; returns when the process is gone. */
    Kill kill(String streamArn) throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("The application ended by itself:" + System.lineSeparator() + tail());
        }
        process.toHandle().destroyForcibly();
        process.waitFor();
        var folder = checkpointFolder();
        Map<String, Checkpoint> checkpoints = Map.of();
        var saved = Instant.EPOCH;
        if (Files.isDirectory(folder)) {
            checkpoints = new FileCheckpointStore(folder, ROUTE, table).load(streamArn).orElse(Map.of());
            try (var files = Files.newDirectoryStream(folder, "*.json")) {
                for (var file : files) {
                    saved = Files.getLastModifiedTime(file).toInstant();
                }
            }
        }
        return new Kill(generation, checkpoints, saved);
    }

    private Path checkpointFolder() {
        return work.resolve("data/checkpoints");
    }

    /** Waits until a checkpoint file of that ending appears or is written to; at most that long. */
    void awaitFile(String ending, Duration atMost) throws IOException, InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        var folder = Files.createDirectories(checkpointFolder());
        try (var watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            while (System.nanoTime() < end) {
                var key = watch.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (key != null && key.pollEvents().stream().anyMatch(event -> event.context().toString().endsWith(ending))) {
                    return;
                }
                if (key != null) {
                    key.reset();
                }
            }
        }
    }

    Path log() {
        return work.resolve("application.log");
    }

    /** The log's last lines. */
    String tail() throws IOException {
        var lines = Files.readAllLines(log());
        return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }

    /** Asks it to stop, and makes it after {@value #STOP_SECONDS} s. */
    @Override
    public void close() throws InterruptedException {
        if (process == null) {
            return;
        }
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
