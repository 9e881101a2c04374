package io.distributary.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.distributary.config.Setting;
import io.distributary.project.GeneratedTables;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import static io.distributary.project.GeneratedTables.row;

/** Keeps the tables of docs/configuration.md, between their markers, equal to the code. */
class ConfigurationPageTest {
    @Test
    void thePagesTablesAreThoseOfTheCode() throws IOException {
        GeneratedTables.check(Path.of("docs/configuration.md"), tables(), ConfigurationPageTest.class);
    }

    private static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        for (String group : new String[] {"aws", "claim-check", "nats", "opensearch", "distributary.page"}) {
            tables.put(group, Arrays.stream(Setting.values()).filter(setting -> setting.key().startsWith(group + "."))
                    .map(setting -> row("`" + setting.key() + "`", "`" + setting.environmentVariable() + "`",
                            setting.defaultValue() == null ? "" : "`" + setting.defaultValue() + "`",
                            setting.description() + (setting.secret() ? " Never logged." : "")))
                    .collect(Collectors.joining("", row("Property", "Environment variable", "Default", "What it is")
                            + "|---|---|---|---|\n", "")));
        }
        tables.put("options", new CommandLine(new DistributaryCommand()).getCommandSpec().options().stream()
                .map(ConfigurationPageTest::option)
                .collect(Collectors.joining("", row("Option", "Default", "What it is") + "|---|---|---|\n", "")));
        tables.put("exit-codes", DistributaryCommand.exitCodes().entrySet().stream()
                .map(code -> row(code.getKey(), code.getValue()))
                .collect(Collectors.joining("", row("Code", "Meaning") + "|---|---|\n", "")));
        return tables;
    }

    private static String option(OptionSpec option) {
        String names = Arrays.stream(option.names()).map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return row(names + (option.arity().max() == 0 ? "" : " " + option.paramLabel()),
                option.defaultValue() == null ? "" : "`" + option.defaultValue() + "`",
                String.join(" ", option.description()).replaceFirst(" Default: .*", ""));
    }
}
