package io.distributary.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.distributary.diagnosis.ExitCode;
import io.distributary.dryrun.DryRun;
import io.distributary.dryrun.JsonReport;
import io.distributary.dryrun.TextReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a route would do with events. */
@Command(name = "dry-run", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = "Runs events through a route and shows what would be sent where. Nothing is sent, and no connection is opened.",
        exitCodeListHeading = "%nExit codes:%n")
final class DryRunCommand implements Callable<Integer> {
    @Mixin
    private RouteEvents events = new RouteEvents();

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
        events.check();
        DryRun dryRun = new DryRun();
        return new FedRoutes(options, dryRun::context, DryRun::closeOff, err::println).run(events.route(), (context, feed) -> {
            boolean[] failed = {false};
            return events.read(context, err::println, records -> {
                dryRun.run(feed, records, outcome -> {
                    out.print(json ? JsonReport.of(outcome) + '\n' : TextReport.of(outcome));
                    out.flush();
                    failed[0] |= outcome.failure() != null;
                });
                return failed[0] ? ExitCode.EVENTS : ExitCode.OK;
            });
        }).code();
    }
}
