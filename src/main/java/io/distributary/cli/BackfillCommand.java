package io.distributary.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.distributary.backfill.Backfill;
import io.distributary.backfill.BackfillOptions;
import io.distributary.backfill.PreparedBackfill;
import io.distributary.backfill.Summary;
import io.distributary.backfill.TableFacts;
import io.distributary.diagnosis.ExitCode;
import io.distributary.event.EventName;
import io.distributary.feed.FedContext;
import io.distributary.feed.RouteFeed;
import io.distributary.feed.Senders;
import io.distributary.replay.DeadLetterCount;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends the items of a table, as they are, through the route that reads its changes. */
@Command(name = "backfill", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = "Sends the items of a table, as they are, through the route that reads its changes, so that with the changes since"
                + " its targets have the whole table. Goes on where it was stopped.",
        exitCodeListHeading = "%nExit codes:%n")
final class BackfillCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TABLE", description = "Name of the table.")
    private String table;

    @Option(names = "--route", required = true, paramLabel = "ROUTE", description = "Id of the route that reads the table's stream.")
    private String route;

    @Option(names = "--segments", paramLabel = "N",
            description = "Parts of the table that are read at the same time. Without it, those of the progress file, else 4.")
    private Integer segments;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "0",
            description = "Read capacity units per second at the most, of 4 KB each; 0 for as fast as table and targets allow. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(names = "--in-flight", paramLabel = "N", defaultValue = "1024",
            description = "Items on their way to the targets at the same time at the most. Default: ${DEFAULT-VALUE}")
    private int inFlight;

    @Mixin
    private ItemOptions items = new ItemOptions();

    @Option(names = "--max", paramLabel = "N", description = "End after so many items; a later run goes on. Without it, with the table.")
    private Long max;

    @Option(names = "--event-name", paramLabel = "NAME", defaultValue = "SNAPSHOT",
            description = "What the events say they are: SNAPSHOT, or INSERT for routes that know only changes. Default: ${DEFAULT-VALUE}")
    private EventName eventName;

    @Option(names = "--state", paramLabel = "FILE",
            description = "The progress file. Without it, data/backfill/ROUTE.TABLE.json.")
    private Path state;

    @Option(names = "--restart", description = "Begin anew, with a new position, whatever the progress file holds.")
    private boolean restart;

    @Option(names = "--force", description = "Also where older snapshots may take the place of newer changes.")
    private boolean force;

    @Option(names = "--dry-run", description = "Look at table, stream and targets, and say what there is to do. Reads no item and stores nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "The summary as a JSON object in place of text.")
    private boolean json;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        BackfillOptions wanted = checked();
        Logging.configure(options.verbose());
        PrintWriter err = command.commandLine().getErr();
        DeadLetterCount deadLetters = new DeadLetterCount();
        return new FedRoutes(options, () -> new FedContext(Senders.REAL),
                context -> context.getManagementStrategy().addEventNotifier(deadLetters), err::println)
                .run(route, (context, feed) -> run(context, feed, wanted, deadLetters)).code();
    }

    private BackfillOptions checked() {
        String problem = !(rate >= 0) ? "--rate must not be negative"
                : inFlight < 1 || max != null && max < 1 ? "--in-flight and --max must be at least 1"
                : segments != null && (segments < 1 || segments > 256) ? "--segments must be from 1 to 256"
                : eventName != EventName.SNAPSHOT && eventName != EventName.INSERT ? "--event-name must be SNAPSHOT or INSERT" : null;
        if (problem != null) {
            throw new ParameterException(command.commandLine(), problem);
        }
        return new BackfillOptions(table, segments, rate, inFlight, max == null ? Long.MAX_VALUE : max, eventName, items.selection(), state,
                restart, force);
    }

    private ExitCode run(CamelContext context, RouteFeed feed, BackfillOptions wanted, DeadLetterCount deadLetters) throws Exception {
        PrintWriter err = command.commandLine().getErr();
        try (PreparedBackfill prepared = PreparedBackfill.look(context, feed, route, wanted, this::note)) {
            prepared.describe();
            if (dryRun) {
                prepared.describeOrder();
                return ExitCode.OK;
            }
            Backfill backfill = prepared.begin(deadLetters);
            Summary summary;
            try (StopHook hook = new StopHook("backfill-stop", backfill::stop)) {
                summary = backfill.run(so -> progress(so, prepared.facts()));
                report(summary);
            }
            String lost = summary.complete() ? prepared.lost() : null;
            if (lost != null) {
                err.println("Changes made meanwhile may be lost, as " + lost + ": backfill again with --restart");
                return ExitCode.EVENTS;
            }
            return summary.failure() == null ? ExitCode.OK : ExitCode.EVENTS;
        }
    }

    private void note(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private void progress(Summary so, TableFacts facts) {
        if (System.console() != null) {
            PrintWriter err = command.commandLine().getErr();
            err.print('\r' + ProgressLine.of(so, facts));
            err.flush();
        }
    }

    private void report(Summary summary) {
        if (System.console() != null) {
            command.commandLine().getErr().println();
        }
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(summary.json());
        } else {
            out.println(String.format(Locale.ROOT, "%,d items done, %,d dead letters, %,.1f read capacity units, in %.1f s (%,.0f items/s)",
                    summary.run().items(), summary.deadLetters(), summary.run().units(), summary.elapsed().toMillis() / 1e3,
                    summary.perSecond()));
            if (summary.total().items() != summary.run().items()) {
                out.println(String.format(Locale.ROOT, "%,d items with those of earlier runs", summary.total().items()));
            }
            if (summary.failure() != null) {
                out.println("Stopped at " + summary.failure());
            }
            if (!summary.complete()) {
                out.println("The same command goes on from here");
            }
        }
        out.flush();
    }
}
