package io.distributary.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.distributary.diagnosis.ExitCode;
import io.distributary.dryrun.DryRun;
import io.distributary.dryrun.JsonReport;
import io.distributary.dryrun.TextReport;
import io.distributary.event.input.EventReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a route would do with events. */
@Command(name = "dry-run", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = "Runs events through a route and shows what would be sent where. Nothing is sent, and no connection is opened.",
        exitCodeListHeading = "%nExit codes:%n")
final class DryRunCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ROUTE", description = "Id of the route.")
    private String route;

    @Parameters(index = "1", paramLabel = "EVENTS", description = "File with the events, or - for standard input.")
    private String events;

    @Mixin
    private EventOptions eventOptions = new EventOptions();

    @Option(names = "--json", description = "One JSON object per line in place of text.")
    private boolean json;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        Logging.configure(options.verbose());
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        DryRun dryRun = new DryRun();
        return new FedRoutes(options, dryRun::context, DryRun::closeOff, err::println).run(route, (context, feed) -> {
            boolean[] failed = {false};
            try (EventReader reader = eventOptions.open(events, err::println)) {
                dryRun.run(feed, reader, outcome -> {
                    out.print(json ? JsonReport.of(outcome) + '\n' : TextReport.of(outcome));
                    out.flush();
                    failed[0] |= outcome.failure() != null;
                });
            }
            return failed[0] ? ExitCode.EVENTS : ExitCode.OK;
        }).code();
    }
}
