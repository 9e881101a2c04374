package io.distributary.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.distributary.config.Setting;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Keeps the tables of docs/configuration.md, between their markers, equal to the code. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final String REGENERATE = "mvn test -Dtest=ConfigurationPageTest -Ddocs.write=true";

    @Test
    void thePagesTablesAreThoseOfTheCode() throws IOException {
        String page = Files.readString(PAGE);
        String current = page;
        for (var table : tables().entrySet()) {
            current = replace(current, table.getKey(), table.getValue());
        }
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, current);
        } else {
            assertEquals(current, page, PAGE + " is not current. To regenerate it: " + REGENERATE);
        }
    }

    private static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        for (String group : new String[] {"aws", "nats", "opensearch"}) {
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

    private static String row(String... cells) {
        return Arrays.stream(cells).map(cell -> cell.isEmpty() ? "" : " " + cell.replace("|", "\\|"))
                .collect(Collectors.joining(" |", "|", " |\n"));
    }

    private static String replace(String page, String name, String table) {
        String begin = "<!-- " + name + ": generated -->\n";
        String end = "<!-- /" + name + " -->";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException(PAGE + " has lost its markers " + begin.strip() + " and " + end);
        }
        return page.substring(0, from + begin.length()) + table + page.substring(to);
    }
}
