package io.distributary.cli;

import java.io.PrintWriter;
import java.nio.file.Files;

import io.distributary.diagnosis.CamelSurroundings;
import io.distributary.diagnosis.Diagnoser;
import io.distributary.diagnosis.Diagnosis;
import io.distributary.diagnosis.ExitCode;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings and what they connect to, without any route, for a command that only looks. */
final class SettingsContext {
    private static final Logger LOG = LoggerFactory.getLogger("io.distributary");

    private final RunOptions options;
    private final PrintWriter problems;

    /** What a command does with it. */
    @FunctionalInterface
    interface Action {
        /** @return the exit code */
        int with(CamelContext context) throws Exception;
    }

    /** @param problems takes what went wrong, one line each */
    SettingsContext(RunOptions options, PrintWriter problems) {
        this.options = options;
        this.problems = problems;
    }

    int run(Action action) {
        if (!Files.isReadable(options.config())) {
            problems.println("There is no " + options.config() + " in " + options.config().toAbsolutePath().getParent()
                    + ": go to the folder that holds it, or name it with --config FILE");
            return ExitCode.CONFIGURATION.code();
        }
        RoutesMain main = new WithoutRoutes(options);
        try {
            main.start();
            return action.with(main.getCamelContext());
        } catch (Exception | LinkageError e) {
            Diagnosis diagnosis = new Diagnoser(new CamelSurroundings(main.getCamelContext(), options.config(), options.kamelets())).diagnose(e);
            problems.println(diagnosis.message());
            LOG.debug("Stack trace of the above", e);
            return diagnosis.exitCode().code();
        } finally {
            main.stop();
        }
    }

    private static final class WithoutRoutes extends RoutesMain {
        WithoutRoutes(RunOptions options) {
            super(options);
        }

        @Override
        boolean serves() {
            return false;
        }

        @Override
        protected void configureRoutes(CamelContext context) {
            // none
        }
    }
}
