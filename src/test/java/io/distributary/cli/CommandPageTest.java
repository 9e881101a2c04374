package io.distributary.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.distributary.project.GeneratedTables;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import static io.distributary.project.GeneratedTables.row;

/** Each command has a page, docs/commands/NAME.md; what is between its markers is what picocli knows of the command. */
class CommandPageTest {
    static Stream<String> commands() {
        return DistributaryCommand.commandLine().getSubcommands().keySet().stream();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("commands")
    void thePageOfEachCommandIsCurrent(String name) throws IOException {
        CommandSpec command = DistributaryCommand.commandLine().getSubcommands().get(name).getCommandSpec();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("synopsis", "```\n" + synopsis(command) + "\n```\n");
        parts.put("arguments", Stream.concat(
                        command.positionalParameters().stream().map(CommandPageTest::parameter),
                        command.options().stream().filter(option -> !option.hidden()).map(CommandPageTest::option))
                .collect(Collectors.joining("", row("Argument", "Default", "What it is") + "|---|---|---|\n", "")));
        parts.put("exit-codes", command.usageMessage().exitCodeList().entrySet().stream()
                .map(code -> row(code.getKey(), code.getValue()))
                .collect(Collectors.joining("", row("Code", "Meaning") + "|---|---|\n", "")));
        GeneratedTables.check(Path.of("docs/commands/" + name + ".md"), parts, CommandPageTest.class);
    }

    private static String synopsis(CommandSpec command) {
        String parameters = command.positionalParameters().stream().map(PositionalParamSpec::paramLabel)
                .collect(Collectors.joining(" "));
        String text = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF)).abbreviatedSynopsis();
        return text.strip().replaceFirst("^distributary", "java -jar distributary.jar")
                + (text.contains(parameters) ? "" : " " + parameters);
    }

    private static String parameter(PositionalParamSpec parameter) {
        return row("`" + parameter.paramLabel() + "`", value(parameter.defaultValue()), description(parameter.description()));
    }

    private static String option(OptionSpec option) {
        String names = Stream.of(option.names()).map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return row(names + (option.arity().max() == 0 ? "" : " " + option.paramLabel()), value(option.defaultValue()),
                description(option.description()));
    }

    private static String value(String value) {
        return value == null || value.equals(CommandLine.Option.NULL_VALUE) ? "" : "`" + value + "`";
    }

    private static String description(String... lines) {
        return String.join(" ", List.of(lines)).replaceFirst(" Default: .*", "");
    }
}
