package io.distributary.cli;

import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.distributary.deadletter.store.DeadLetterStore;
import io.distributary.deadletter.store.DeadLetterStores;
import io.distributary.deadletter.store.RefusedEntry;
import io.distributary.diagnosis.ConfigurationProblem;
import io.distributary.diagnosis.ExitCode;
import io.distributary.feed.FedContext;
import io.distributary.feed.Senders;
import io.distributary.redrive.NoSenders;
import io.distributary.redrive.Redrive;
import io.distributary.redrive.RedriveFilter;
import io.distributary.redrive.RedriveJson;
import io.distributary.redrive.RedriveOptions;
import io.distributary.redrive.RedriveOutcome;
import io.distributary.redrive.RedriveResult;
import io.distributary.redrive.RedriveSummary;
import io.distributary.redrive.RedriveText;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends dead letters again. */
@Command(name = "redrive", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = "Sends dead letters again, each to the target that failed and to no other, through its route as it is now. One that"
                + " its target accepts is taken out of the store; every other stays there.",
        exitCodeListHeading = "%nExit codes:%n")
final class RedriveCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "STORE",
            description = "Where the dead letters are: " + DeadLetterStores.FORMS + ".")
    private String store;

    @Option(names = "--target", paramLabel = "TEXT", description = "Only those whose target holds this text, as sqs-sink or queue=orders.")
    private String target;

    @Option(names = "--route", paramLabel = "ID", description = "Only those of this route.")
    private String route;

    @Option(names = "--since", paramLabel = "TIME",
            description = "Only those that failed last at this time or later: 2026-01-31T12:00:00Z, or 90m, 24h, 7d for so long ago.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only those that failed last before this time, written in the same way.")
    private String until;

    @Option(names = "--key", paramLabel = "PREFIX", description = "Only those of items whose key (partition|sort) begins with this.")
    private String key;

    @Option(names = "--error", paramLabel = "REGEX",
            description = "Only those whose exception, its class, its message or its root cause, holds a match of this regular expression.")
    private String error;

    @Option(names = "--dry-run", description = "Say what would be sent and what held. Sends nothing and takes nothing out of the store.")
    private boolean dryRun;

    @Option(names = "--force",
            description = "Send also what something newer of its item may have overtaken, and what is behind one that failed.")
    private boolean force;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "0",
            description = "Dead letters per second at the most; 0 for as fast as the targets take them. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(names = "--in-flight", paramLabel = "N", defaultValue = "" + RedriveOptions.IN_FLIGHT,
            description = "Items on their way at the same time at the most. Default: ${DEFAULT-VALUE}")
    private int inFlight;

    @Option(names = "--max", paramLabel = "N", defaultValue = "0",
            description = "End when so many have been sent; 0 for all. Default: ${DEFAULT-VALUE}")
    private long max;

    @Option(names = "--json", description = "A JSON object per line in place of text: one for each dead letter, the summary last.")
    private boolean json;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        if (!(rate >= 0) || inFlight < 1 || max < 0) {
            throw new ParameterException(command.commandLine(), "--rate and --max must not be negative, --in-flight must be at least 1");
        }
        RedriveFilter filter = new RedriveFilter(target, route, time("--since", since), time("--until", until), key, pattern());
        Logging.configure(options.verbose());
        PrintWriter err = command.commandLine().getErr();
        return new FedRoutes(options, () -> new FedContext(dryRun ? new NoSenders() : Senders.REAL), context -> { }, err::println)
                .run(context -> redrive(context, new RedriveOptions(filter, force, dryRun, rate, inFlight, max))).code();
    }

    private ExitCode redrive(CamelContext context, RedriveOptions how) throws InterruptedException {
        AtomicLong refused = new AtomicLong();
        try (DeadLetterStore letters = open(context, refused)) {
            RedriveSummary summary = untilInterrupted(new Redrive(context, letters, how, this::tell), refused);
            return summary.staying() + refused.get() == 0 ? ExitCode.OK : ExitCode.EVENTS;
        }
    }

    private DeadLetterStore open(CamelContext context, AtomicLong refused) {
        try {
            return DeadLetterStores.open(context, store, entry -> {
                refused.incrementAndGet();
                tell(entry);
            });
        } catch (IllegalArgumentException e) {
            throw new ConfigurationProblem(e.getMessage());
        }
    }

    /** Ctrl-C and SIGTERM end it as soon as what is under way is done; the rest is given back to the store. */
    private RedriveSummary untilInterrupted(Redrive redrive, AtomicLong refused) throws InterruptedException {
        try (StopHook hook = new StopHook("redrive-stop", redrive::stop)) {
            RedriveSummary summary = redrive.run(this::progress);
            report(summary, refused.get());
            return summary;
        }
    }

    private Instant time(String option, String text) {
        try {
            return text == null ? null : text.matches("\\d{1,9}[smhd]") ? Instant.now().minus(Duration.parse(text.endsWith("d")
                    ? "P" + text.toUpperCase(Locale.ROOT) : "PT" + text.toUpperCase(Locale.ROOT))) : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ParameterException(command.commandLine(), option + " takes a time like 2026-01-31T12:00:00Z, or 90m, 24h or 7d for so"
                    + " long ago, not '" + text + "'", e);
        }
    }

    private Pattern pattern() {
        try {
            return error == null ? null : Pattern.compile(error);
        } catch (PatternSyntaxException e) {
            throw new ParameterException(command.commandLine(), "--error takes a regular expression: " + e.getDescription() + " at "
                    + (e.getIndex() + 1) + " of '" + error + "'", e);
        }
    }

    private void tell(RedriveResult result) {
        if (json) {
            print(RedriveJson.of(result, dryRun));
        } else if (dryRun || result.outcome().stays()) {
            print(RedriveText.of(result, dryRun));
        }
    }

    private void tell(RefusedEntry entry) {
        if (json) {
            print(RedriveJson.of(entry));
        } else {
            print(entry.place() + ": " + entry.reason() + "; it stays where it is");
        }
    }

    private void print(String line) {
        PrintWriter out = command.commandLine().getOut();
        synchronized (this) {
            out.println(line);
            out.flush();
        }
    }

    private void progress(RedriveSummary so) {
        if (System.console() != null && !dryRun) {
            PrintWriter err = command.commandLine().getErr();
            err.print(String.format(Locale.ROOT, "\r%,d read, %,d sent, %,d stay ", so.read(),
                    so.count(RedriveOutcome.SENT), so.staying()));
            err.flush();
        }
    }

    private void report(RedriveSummary summary, long refused) {
        if (System.console() != null && !dryRun) {
            command.commandLine().getErr().println();
        }
        print(json ? RedriveJson.of(summary, refused, dryRun) : RedriveText.of(summary, refused, dryRun));
    }
}
