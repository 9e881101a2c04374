package io.distributary.cli;

import java.util.Iterator;
import java.util.function.Consumer;

import io.distributary.ddbstream.LastRecords;
import io.distributary.diagnosis.ExitCode;
import io.distributary.event.input.EventReader;
import io.distributary.event.input.InputEvent;
import io.distributary.event.input.InputOptions;
import io.distributary.event.input.StreamEvents;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which events go through which route; shared by the commands that feed a route. */
public final class RouteEvents {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "ROUTE", description = "Id of the route.")
    private String route;

    @Parameters(index = "1", arity = "0..1", hideParamSyntax = true, paramLabel = "EVENTS", description = "File with the events, or - for standard input.")
    private String file;

    @Mixin
    private EventOptions options = new EventOptions();

    @Option(names = "--last", paramLabel = "N",
            description = "In place of EVENTS: the last N records of the stream of the table that --table names. Reads the stream, and touches no checkpoint.")
    private Integer last;

    /** What a command does with the events. */
    @FunctionalInterface
    interface Use {
        ExitCode with(Iterator<InputEvent> events) throws Exception;
    }

    String route() {
        return route;
    }

    /** @throws ParameterException where the options make no sense together */
    void check() {
        options.input();
        String problem = (file == null) == (last == null) ? "Name the EVENTS, a file or - for standard input, or --last N with --table NAME"
                : last != null && options.table() == null ? "--last needs --table NAME"
                : last != null && last < 1 ? "--last must be at least 1"
                : null;
        if (problem != null) {
            throw new ParameterException(command.commandLine(), problem);
        }
    }

    /** @param notes takes what had to be assumed of events from a file */
    ExitCode read(CamelContext context, Consumer<String> notes, Use use) throws Exception {
        if (last != null) {
            return use.with(StreamEvents.of(LastRecords.read(context, options.table(), last)).iterator());
        }
        InputOptions input = options.input();
        try (EventReader reader = options.open(file, input, notes)) {
            return use.with(reader);
        }
    }
}
