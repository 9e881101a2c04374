package io.distributary.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.distributary.diagnosis.ExitCode;
import io.distributary.event.input.EventInputException;
import io.distributary.event.input.EventReader;
import io.distributary.explain.Explanation;
import io.distributary.explain.ExplanationText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one event in all of its forms. */
@Command(name = "explain", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = "Shows one event in each form that routes can send, with all ids, keys and headers made of it.",
        exitCodeListHeading = "%nExit codes:%n")
final class ExplainCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "EVENT", description = "File with the event, or - for standard input.")
    private String event;

    @Option(names = "--number", paramLabel = "N", defaultValue = "1",
            description = "Which of the file's events, from 1 on. Default: ${DEFAULT-VALUE}")
    private long number;

    @Mixin
    private EventOptions eventOptions = new EventOptions();

    @Option(names = "--subject", paramLabel = "TEMPLATE", defaultValue = "{table}",
            description = "NATS subject to show; {table}, {partitionKey}, {sortKey} and {eventName} stand for the event's. Default: ${DEFAULT-VALUE}")
    private String subject;

    @Option(names = "--json", description = "One JSON object in place of text.")
    private boolean json;

    @Option(names = {"-v", "--verbose"}, description = "Log at debug level, with stack traces.")
    private boolean verbose;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        Logging.configure(verbose);
        PrintWriter err = command.commandLine().getErr();
        try (EventReader reader = eventOptions.open(event, eventOptions.input(), err::println)) {
            for (long before = 1; before < number && reader.hasNext(); before++) {
                reader.next();
            }
            if (number < 1 || !reader.hasNext()) {
                err.println(event + ": there is no event number " + number);
                return ExitCode.EVENTS.code();
            }
            Explanation explanation = explanation(reader);
            command.commandLine().getOut().print(json ? ExplanationText.json(explanation) + '\n' : ExplanationText.text(explanation));
            command.commandLine().getOut().flush();
            return ExitCode.OK.code();
        } catch (EventInputException e) {
            err.println(e.getMessage());
            return ExitCode.EVENTS.code();
        }
    }

    private Explanation explanation(EventReader reader) {
        try {
            return Explanation.of(reader.next(), subject);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--subject: " + e.getMessage(), e);
        }
    }
}
