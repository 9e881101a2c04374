package io.distributary.bench.crash;

import io.distributary.bench.MarkdownTable;
import io.distributary.sandbox.Sandbox;
import io.distributary.sandbox.SandboxException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench/crash}. Its exit code is 0 only if nothing was lost, reordered or repeated without need. */
@Command(name = "bench/crash", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = "Kills the packaged application (SIGKILL) at random moments while writers write, and counts what JetStream"
                + " lacks, has out of order, or has twice.")
final class Crash implements Callable<Integer> {
    private static final Path FOLDER = Path.of("target", "crash").toAbsolutePath();

    @Option(names = "--kills", defaultValue = "50", paramLabel = "N", description = "How often (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(names = "--seed", paramLabel = "N", description = "Of the moments, the writes and the rollovers (default: another each time).")
    private Long seed;

    public static void main(String[] arguments) {
        var line = new CommandLine(new Crash());
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof SandboxException) {
                command.getErr().println(e.getMessage());
            } else {
                e.printStackTrace(command.getErr());
            }
            return 1;
        });
        // the servers in this JVM keep threads of their own
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var chosen = seed != null ? seed : new Random().nextInt(1_000_000_000);
        var work = FOLDER.resolve(Long.toString(System.currentTimeMillis()));
        System.err.println("seed " + chosen + "; the application's log and checkpoints: " + work);
        try (var sandbox = Sandbox.in(FOLDER)) {
            var result = new CrashRun(sandbox, work, kills, chosen).run();
            System.out.println(table(result, chosen));
            return result.kills() == kills && result.verdict().good() ? 0 : 1;
        }
    }

    static MarkdownTable table(CrashRun.Result result, long seed) {
        var verdict = result.verdict();
        return new MarkdownTable("seed", "kills", "shards", "changes", "lost", "unknown", "reordered", "repeated", "worst repeat",
                "greatest bound", "over their bound", "repeated though checkpointed")
                .row(Long.toString(seed), text(result.kills()), text(result.shards()), text(verdict.changes()), text(verdict.lost()),
                        text(verdict.unknown()), text(verdict.reordered()), text(verdict.repeated()), text(verdict.worst()),
                        text(verdict.loosest()), text(verdict.overBound()), text(verdict.checkpointed()));
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
