package io.distributary.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.distributary.ddbstream.CheckpointPlace;
import io.distributary.ddbstream.CheckpointStoreType;
import io.distributary.ddbstream.StoredLag;
import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.diagnosis.ExitCode;
import io.distributary.status.Progress;
import io.distributary.status.Status;
import io.distributary.status.StatusClient;
import io.distributary.status.StatusJson;
import io.distributary.status.text.ProgressText;
import io.distributary.status.text.StatusText;
import io.distributary.status.text.Terminal;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what an instance is doing, or what a checkpoint store knows of all of them. */
@Command(name = "status", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
        usageHelpAutoWidth = true, exitCodeListHeading = "%nExit codes:%n",
        description = "Says what a running instance is doing: tables and shards with their lag, routes, targets, the last dead letters,"
                + " health, and what to do next. Changes nothing.")
final class StatusCommand implements Callable<Integer> {
    static final int NOT_HEALTHY = 6;
    static final int NO_ANSWER = 7;
    private static final String CLEAR = "\u001b[H\u001b[2J\u001b[3J";

    @Parameters(index = "0", arity = "0..1", paramLabel = "ADDRESS",
            description = "Of the instance, as localhost:8080 or https://host. Without it, this machine at the port camel.management.port"
                    + " of the settings file.")
    private String address;

    @Option(names = {"-w", "--watch"}, arity = "0..1", paramLabel = "SECONDS", fallbackValue = "2",
            description = "Ask again and again, every 2 or so many seconds, until Ctrl-C.")
    private Integer watch;

    @Option(names = "--checkpoints", arity = "0..1", paramLabel = "STORE", fallbackValue = "",
            description = "In place of one instance, what a checkpoint store knows of all: applications, tables and shards, who reads them, and"
                    + " how old each checkpoint is. STORE is " + CheckpointPlace.FORMS + "; without it, the one of the settings"
                    + " camel.component.aws2-ddbstream.*.")
    private String checkpoints;

    @Option(names = "--lag", description = "With --checkpoints, read the next record of each shard, to tell how far behind it is. DynamoDB allows"
            + " two readers for each shard, and this is one for that moment.")
    private boolean lag;

    @Option(names = "--json", description = "The answer as one JSON object; with --watch one for each line.")
    private boolean json;

    @Option(names = {"-c", "--config"}, paramLabel = "FILE", defaultValue = "application.properties",
            description = "Settings. Default: ${DEFAULT-VALUE}")
    private Path config;

    @Option(names = {"-v", "--verbose"}, description = "Log at debug level, with stack traces.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    /** Of this command, which has two of its own. */
    static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put(Integer.toString(ExitCode.OK.code()), "The instance is live and ready; or with --checkpoints, the store was read.");
        for (ExitCode code : List.of(ExitCode.FAILED, ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.REFUSED)) {
            codes.put(Integer.toString(code.code()), code.meaning());
        }
        codes.put(Integer.toString(NOT_HEALTHY), "The instance answers, and is not live or not ready.");
        codes.put(Integer.toString(NO_ANSWER), "No instance answers at the address, or it does not tell its status; or the checkpoint store does not answer.");
        return codes;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Logging.configure(verbose);
        if (watch != null && watch < 1) {
            throw new ParameterException(spec.commandLine(), "--watch takes a number of seconds, at least 1");
        }
        if (checkpoints == null) {
            if (lag) {
                throw new ParameterException(spec.commandLine(), "--lag goes with --checkpoints; an instance always tells its lag");
            }
            return instance();
        }
        if (address != null || watch != null) {
            throw new ParameterException(spec.commandLine(), "--checkpoints takes neither an ADDRESS nor --watch");
        }
        return store();
    }

    private int store() {
        CheckpointPlace place;
        try {
            place = checkpoints.isEmpty() ? null : CheckpointPlace.parse(checkpoints);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        if (place != null && place.type() == CheckpointStoreType.FILE && !lag) {
            return read(place, null);
        }
        return new SettingsContext(RunOptions.of(config, verbose), spec.commandLine().getErr())
                .run(context -> read(place == null ? CheckpointPlace.of(context) : place, context));
    }

    private int read(CheckpointPlace place, CamelContext context) {
        PrintWriter out = spec.commandLine().getOut();
        try (StoredLag streams = lag ? new StoredLag(context) : null) {
            Progress progress = Progress.of(place.read(context), streams == null ? null : streams::next, Instant.now());
            if (json) {
                out.println(StatusJson.write(progress));
            } else {
                ProgressText.of(progress, terminal()).forEach(out::println);
            }
            out.flush();
            return ExitCode.OK.code();
        } catch (CheckpointException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.isRetryable() ? NO_ANSWER : ExitCode.REFUSED.code();
        }
    }

    private int instance() throws InterruptedException, IOException {
        URI uri;
        try {
            uri = StatusClient.uri(address == null ? ManagementAddress.of(config) : address);
        } catch (IllegalArgumentException e) {
            if (address == null) {
                spec.commandLine().getErr().println(e.getMessage());
                return ExitCode.CONFIGURATION.code();
            }
            throw new ParameterException(spec.commandLine(), "'" + address + "' is no address of an instance: write it as localhost:8080 or"
                    + " http://HOST:PORT");
        }
        StatusClient client = new StatusClient(uri);
        int code = show(client);
        while (watch != null) {
            Thread.sleep(watch * 1_000L);
            code = show(client);
        }
        return code;
    }

    private int show(StatusClient client) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Terminal terminal = terminal();
        try {
            String answer = client.ask();
            Status status = client.read(answer);
            if (json) {
                out.println(answer);
            } else {
                if (watch != null) {
                    out.print(terminal.colours() ? CLEAR : "\n");
                }
                StatusText.of(status, terminal).forEach(out::println);
            }
            out.flush();
            return status.health().live().equals("UP") && status.health().ready().equals("UP") ? ExitCode.OK.code() : NOT_HEALTHY;
        } catch (StatusClient.NoAnswerException e) {
            out.flush();
            spec.commandLine().getErr().println(e.getMessage());
            return NO_ANSWER;
        }
    }

    static Terminal terminal() {
        Console console = System.console();
        return Terminal.of(isTerminal(console), System.getenv(),
                console != null ? console.charset() : Charset.forName(System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"))));
    }

    /** From Java 22 on there may be a console that is no terminal, and a method that tells. */
    private static boolean isTerminal(Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
