package io.distributary.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.distributary.validate.Report;
import io.distributary.validate.ReportJson;
import io.distributary.validate.Validation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what is wrong with the files of routes, kamelets and settings. */
@Command(name = "validate", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
        usageHelpAutoWidth = true, exitCodeListHeading = "%nExit codes:%n",
        description = "Finds everything that is wrong with routes, kamelets and settings before they run: names, options,"
                + " placeholders, expressions, and ways to lose a change. Starts and sends nothing.")
final class ValidateCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "FILES",
            description = "Route files, kamelets, settings files and folders to report on. Without any: the settings file and all of the"
                    + " routes and kamelets folders, which are read in any case.")
    private List<Path> files = new ArrayList<>();

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--strict", description = "Fail on warnings, too.")
    private boolean strict;

    @Option(names = "--connect", description = "Where the files have no error, ask the servers, too, whether there are the tables, queues"
            + " and topics that the routes name, and whether the credentials are good. Creates, sends and reads nothing.")
    private boolean connect;

    @Option(names = "--json", description = "Print one JSON object instead of lines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Logging.configure(options.verbose());
        Report report = new Validation(options.config(), options.routes(), options.kamelets(), files).run(connect);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ReportJson.of(report, strict));
        } else {
            report.problems().forEach(out::println);
            out.println(report.summary());
        }
        return report.exitCode(strict).code();
    }
}
