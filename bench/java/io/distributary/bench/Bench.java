package io.distributary.bench;

import io.distributary.sandbox.SandboxException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmarks, each a subcommand. Its exit code is 0 only when every message arrived as it should have. */
@Command(name = "bench/run", sortOptions = false, usageHelpAutoWidth = true,
        description = "Runs one benchmark against the local stack in this JVM and prints its figures as Markdown.",
        subcommands = {StreamToJetStream.class, StreamToNothing.class, CannedToJetStream.class, AwsTargets.class, ToOpenSearch.class,
                Latency.class, IdleShards.class, MicroBenchmarks.class})
final class Bench {
    @Option(names = "--help", usageHelp = true, description = "Shows this.")
    private boolean help;

    private Bench() {
    }

    public static void main(String[] arguments) {
        var line = new CommandLine(new Bench());
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof WrongResultException || e instanceof SandboxException) {
                command.getErr().println(e.getMessage());
            } else {
                e.printStackTrace(command.getErr());
            }
            return 1;
        });
        // the servers in this JVM keep threads of their own
        System.exit(line.execute(arguments));
    }
}
