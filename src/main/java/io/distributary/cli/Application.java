package io.distributary.cli;

import java.nio.file.Files;
import java.time.Duration;

import io.distributary.diagnosis.CamelSurroundings;
import io.distributary.diagnosis.Diagnoser;
import io.distributary.diagnosis.Diagnosis;
import io.distributary.diagnosis.ExitCode;
import io.distributary.ops.StartingPort;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the routes of a folder by Camel Main until the process is asked to end. A server that does not answer at the start
 * is tried again, with back-off; anything else that is wrong ends the process.
 */
final class Application {
    private static final Logger LOG = LoggerFactory.getLogger("io.distributary");
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final RunOptions options;

    Application(RunOptions options) {
        this.options = options;
    }

    /** Blocks until the application has ended. Problems are logged, one line each; nothing is thrown. */
    ExitCode run() {
        if (!Files.isReadable(options.config())) {
            LOG.error("There is no {} in {}: go to the folder that holds it, or name it with --config FILE",
                    options.config(), options.config().toAbsolutePath().getParent());
            return ExitCode.CONFIGURATION;
        }
        try (StartingPort port = new StartingPort()) {
            return run(port);
        }
    }

    private ExitCode run(StartingPort port) {
        String logged = null;
        Duration wait = FIRST_WAIT;
        while (true) {
            Main main = new RoutesMain(options, port);
            try {
                main.run();
                return ExitCode.OK;
            } catch (Exception | LinkageError e) {
                Diagnosis diagnosis = diagnose(main, e);
                stop(main);
                if (!diagnosis.retry()) {
                    LOG.error(diagnosis.message());
                    LOG.debug("Stack trace of the above", e);
                    return diagnosis.exitCode();
                }
                if (!diagnosis.message().equals(logged)) {
                    logged = diagnosis.message();
                    LOG.warn("{}. Trying again until it answers, every {} s at the most.", logged, LONGEST_WAIT.toSeconds());
                    LOG.debug("Stack trace of the above", e);
                }
                port.waiting(diagnosis.message());
                if (!sleep(wait)) {
                    return ExitCode.OK;
                }
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
            }
        }
    }

    private Diagnosis diagnose(Main main, Throwable failure) {
        return new Diagnoser(new CamelSurroundings(main.getCamelContext(), options.config(), options.kamelets()))
                .diagnose(failure);
    }

    /** What has started closes its connections; that it could not start is already known. */
    private static void stop(Main main) {
        try {
            main.stop();
        } catch (RuntimeException e) {
            LOG.debug("Stopping after the failed start", e);
        }
    }

    /** False when interrupted: the process is asked to end. */
    private static boolean sleep(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
