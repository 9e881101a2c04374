package io.distributary.cli;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.distributary.diagnosis.ExitCode;
import io.distributary.event.input.InputEvent;
import io.distributary.feed.FedContext;
import io.distributary.feed.Senders;
import io.distributary.replay.DeadLetterCount;
import io.distributary.replay.Replay;
import io.distributary.replay.Summary;
import io.distributary.replay.SummaryJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends events through a route to its targets. */
@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = "Sends events through a route to its targets, with the ids that they had. Reads no stream and moves no checkpoint.",
        exitCodeListHeading = "%nExit codes:%n")
final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private RouteEvents events = new RouteEvents();

    @Option(names = "--rate", paramLabel = "N", defaultValue = "0",
            description = "Records per second at the most; 0 for as fast as the targets take them. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(names = "--in-flight", paramLabel = "N", defaultValue = "256",
            description = "Records on their way at the same time at the most, never two of one item. Default: ${DEFAULT-VALUE}")
    private int inFlight;

    @Option(names = "--skip", paramLabel = "N", defaultValue = "0",
            description = "Leave out the first records, as a replay that was stopped says. Default: ${DEFAULT-VALUE}")
    private long skip;

    @Option(names = "--json", description = "The summary as a JSON object in place of text.")
    private boolean json;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        if (!(rate >= 0) || inFlight < 1 || skip < 0) {
            throw new ParameterException(command.commandLine(), "--rate and --skip must not be negative, --in-flight must be at least 1");
        }
        Logging.configure(options.verbose());
        PrintWriter err = command.commandLine().getErr();
        events.check();
        DeadLetterCount deadLetters = new DeadLetterCount();
        return new FedRoutes(options, () -> new FedContext(Senders.REAL),
                context -> context.getManagementStrategy().addEventNotifier(deadLetters), err::println).run(events.route(), (context, feed) -> {
            return events.read(context, err::println, records -> {
                Summary summary = untilInterrupted(new Replay(feed, deadLetters, inFlight, rate, skip), records);
                return summary.failure() == null ? ExitCode.OK : ExitCode.EVENTS;
            });
        }).code();
    }

    /** Ctrl-C and SIGTERM end it as soon as what is in flight is done. */
    private Summary untilInterrupted(Replay replay, Iterator<InputEvent> records) throws InterruptedException {
        try (StopHook hook = new StopHook("replay-stop", replay::stop)) {
            Summary summary = replay.run(records, this::progress);
            report(summary);
            return summary;
        }
    }

    private void progress(Summary so) {
        if (System.console() != null) {
            PrintWriter err = command.commandLine().getErr();
            err.print(String.format(Locale.ROOT, "\r%,d done, %,d dead letters, %,.0f/s ", so.done(), so.deadLetters(), so.perSecond()));
            err.flush();
        }
    }

    private void report(Summary summary) {
        if (System.console() != null) {
            command.commandLine().getErr().println();
        }
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(SummaryJson.of(summary));
        } else {
            out.println(String.format(Locale.ROOT, "%,d records done, %,d dead letters, in %.1f s (%,.0f/s)", summary.done(),
                    summary.deadLetters(), summary.elapsed().toMillis() / 1e3, summary.perSecond()));
            if (summary.failure() != null) {
                out.println("Stopped at " + summary.failedAt() + ": " + summary.failure());
            }
            if (summary.stopped()) {
                out.println("Go on with --skip " + summary.next());
            }
        }
        out.flush();
    }
}
