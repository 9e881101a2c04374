package io.distributary.sandbox.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged application as a child process, configured by environment variables as a container would be. */
final class ApplicationProcess implements AutoCloseable {
    private static final int STOP_SECONDS = 20;
    private static final Pattern PAGE = Pattern.compile("page: (http\\S+)");

    private final Process process;
    private final Path log;

    private ApplicationProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the jar in the project's folder.
     *
     * @param project     folder with application.properties, routes and kamelets
     * @param work        folder for the log and the checkpoints
     * @param environment settings as environment variables
     */
    static ApplicationProcess start(Path project, Path work, Map<String, String> environment) throws IOException {
        Path log = work.resolve("application.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-Dcamel.management.host=127.0.0.1");
        command.add("-Dcamel.management.port=0"); // any free one; the log names it
        command.add("-Dcamel.component.aws2-ddbstream.checkpointDirectory=" + work.resolve("checkpoints"));
        command.add("-jar");
        command.add(project.resolve("target/distributary.jar").toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new ApplicationProcess(builder.start(), log);
    }

    boolean running() {
        return process.isAlive();
    }

    Path log() {
        return log;
    }

    /** Where its page is, as its log says; empty before it has started. */
    Optional<String> page() throws IOException {
        Matcher line = PAGE.matcher(Files.readString(log));
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }

    /** The log's last lines, for a person who asks why it stopped. */
    String tail(int lines) throws IOException {
        List<String> all = Files.readAllLines(log);
        return String.join(System.lineSeparator(), all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    /** Asks the application to stop, and makes it after {@value #STOP_SECONDS} s. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
