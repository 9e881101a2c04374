package io.distributary.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import io.distributary.event.input.EventForm;
import io.distributary.event.input.EventInputException;
import io.distributary.event.input.EventReader;
import io.distributary.event.input.InputOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a person says of the events that a command reads; shared by every command that reads some. */
public final class EventOptions {
    static final String STDIN = "-";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--format", paramLabel = "FORM",
            description = "Form of the events: ${COMPLETION-CANDIDATES}. Without it, recognised.")
    private EventForm form;

    @Option(names = "--table", paramLabel = "NAME", description = "The table's name, where the events do not say it or it is to be another one.")
    private String table;

    @Option(names = "--keys", paramLabel = "PARTITION[,SORT]",
            description = "Names of the key attributes. Without it, those of the event, the first of two taken as the partition key.")
    private String keys;

    /** The table's name, or null. */
    public String table() {
        return table;
    }

    /**
     * The events of a file, or of standard input.
     *
     * @param input as {@link #input()} gives it
     * @param notes takes what had to be assumed
     * @throws EventInputException where there is no such file
     */
    EventReader open(String file, InputOptions input, Consumer<String> notes) {
        if (STDIN.equals(file)) {
            return new EventReader(System.in, "<stdin>", input, notes);
        }
        try {
            InputStream in = Files.newInputStream(Path.of(file));
            return new EventReader(in, file, input, notes);
        } catch (IOException e) {
            throw new EventInputException(file, "cannot be read: " + (Files.exists(Path.of(file)) ? e.getMessage() : "there is no such file"),
                    e);
        }
    }

    /** @throws ParameterException where an option makes no sense */
    InputOptions input() {
        String[] names = keys == null ? new String[0] : keys.split(",", -1);
        if (names.length > 2 || names.length > 0 && names[0].isBlank() || names.length > 1 && names[1].isBlank()) {
            throw new ParameterException(command.commandLine(), "--keys takes one or two names of attributes, PARTITION or PARTITION,SORT,"
                    + " not '" + keys + "'");
        }
        return new InputOptions(form, table, names.length == 0 ? null : names[0].strip(), names.length < 2 ? null : names[1].strip());
    }
}
