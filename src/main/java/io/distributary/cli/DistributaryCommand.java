package io.distributary.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import io.distributary.diagnosis.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line. Without a subcommand it runs the routes; other commands are subcommands beside it. */
@Command(name = "distributary", mixinStandardHelpOptions = true, versionProvider = Version.class,
        sortOptions = false, usageHelpAutoWidth = true,
        description = "Carries every change of a DynamoDB table to SNS, SQS, NATS JetStream and OpenSearch, by the routes"
                + " in a folder. Runs until Ctrl-C or SIGTERM, then finishes the records in flight.",
        subcommands = {ValidateCommand.class, DryRunCommand.class, ReplayCommand.class, RedriveCommand.class, BackfillCommand.class,
                ExplainCommand.class, StatusCommand.class},
        exitCodeListHeading = "%nExit codes:%n")
public final class DistributaryCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options = new RunOptions();

    /** Parses the arguments, runs the command and returns its exit code. */
    public static int execute(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new DistributaryCommand());
        line.getCommandSpec().usageMessage().exitCodeList(exitCodes());
        line.getSubcommands().values().forEach(command -> command.getCommandSpec().usageMessage().exitCodeList(commandExitCodes()));
        line.getSubcommands().get("status").getCommandSpec().usageMessage().exitCodeList(StatusCommand.exitCodes());
        line.setExecutionStrategy(parsed -> {
            refuseMisplacedOptions(parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        return line;
    }

    /** An option before the command's name would be read, and have no effect. */
    private static void refuseMisplacedOptions(ParseResult parsed) {
        if (parsed.hasSubcommand() && !parsed.matchedOptions().isEmpty()) {
            String option = parsed.matchedOptions().get(0).longestName();
            String command = parsed.subcommand().commandSpec().name();
            throw new ParameterException(parsed.commandSpec().commandLine(),
                    option + " comes after the command: " + command + " " + option);
        }
    }

    /** Exit codes of the commands, which end by themselves. */
    static Map<String, String> commandExitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(Integer.toString(code.code()), code.meaning());
        }
        return codes;
    }

    /** Each exit code and its meaning; those of a signal come from the JVM. */
    static Map<String, String> exitCodes() {
        Map<String, String> codes = commandExitCodes();
        codes.put("143", "Ended by SIGTERM, after the records in flight were finished (130: by Ctrl-C).");
        return codes;
    }

    @Override
    public Integer call() {
        Logging.configure(options.verbose());
        return new Application(options).run().code();
    }
}
