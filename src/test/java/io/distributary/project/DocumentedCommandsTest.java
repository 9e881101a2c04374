package io.distributary.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.cli.DistributaryCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The blocks of shell, JSON and Python in the documentation; those of YAML are in {@link DocumentationTest}. */
class DocumentedCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** What a reader brings along. */
    private static final Set<String> TOOLS = Set.of("aws", "nats", "curl", "kubectl", "export", "tail");
    private static final String APPLICATION = "java -jar target/distributary.jar";
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"((?:\\\\.|[^\"])*)\"|(\\S+)");

    static List<Path> pages() {
        return DocumentationTest.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyShellBlockRunsWhatThereIs(Path page) {
        assertEquals(List.of(), badCommands(MarkdownFile.of(page)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyJsonBlockIsJsonAndEveryPolicyAPolicy(Path page) {
        assertEquals(List.of(), badJson(MarkdownFile.of(page)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPythonBlockIsPython(Path page) throws Exception {
        var blocks = blocks(MarkdownFile.of(page), "python");
        assumeTrue(blocks.isEmpty() || runs("python3", "--version", ""), "there is no python3");
        for (var block : blocks) {
            assertEquals(true, runs("python3", "-c", "import ast, sys; ast.parse(sys.stdin.read())", block.text()),
                    ProjectFiles.relative(page) + ":" + block.line() + ": no Python");
        }
    }

    @Test
    void aWrongCommandIsFoundWithFileAndLine() {
        var page = MarkdownFile.of(ProjectFiles.BASE.resolve("page.md"), """
                ```sh
                java -jar target/distributary.jar dry-rum a b
                java -jar target/distributary.jar replay a b --rat 5
                cp routes/recipes/none.camel.yaml routes/
                bench/run nothing
                kafka-topics --list
                java -jar target/distributary.jar validate \\
                  --strict       # good
                ```
                ```json
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs"}]}
                ```
                ```json
                {"a": 1,}
                ```
                """);
        assertEquals(List.of("page.md:2: Unmatched arguments from index 0: 'dry-rum', 'a', 'b'",
                "page.md:3: Unknown options: '--rat', '5'",
                "page.md:4: there is no routes/recipes/none.camel.yaml",
                "page.md:5: there is no benchmark nothing",
                "page.md:6: kafka-topics is not known here"), badCommands(page));
        assertEquals(List.of("page.md:11: no action sqs", "page.md:11: a statement without a resource", "page.md:14: no JSON"), badJson(page));
    }

    private static List<String> badCommands(MarkdownFile page) {
        var bad = new ArrayList<String>();
        for (var block : blocks(page, "sh")) {
            int line = block.line();
            StringBuilder command = new StringBuilder();
            int began = line;
            for (String each : block.text().lines().toList()) {
                command.append(each.replaceAll("\\s+#\\s.*$|\\\\$", " ")).append('\n');
                line++;
                if (!each.endsWith("\\") && evenQuotes(command)) {
                    String where = ProjectFiles.relative(page.path()) + ":" + began + ": ";
                    problem(command.toString().strip()).ifPresent(problem -> bad.add(where + problem));
                    command.setLength(0);
                    began = line;
                }
            }
        }
        return bad;
    }

    private static boolean evenQuotes(CharSequence command) {
        return command.chars().filter(c -> c == '\'').count() % 2 == 0;
    }

    private static Optional<String> problem(String command) {
        if (command.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = words(command);
        String first = words.get(0);
        if (command.startsWith(APPLICATION)) {
            return parse(words.subList(3, words.size()));
        } else if (first.equals("cp")) {
            return exists(words.get(1));
        } else if (first.equals("bench/run") && words.size() > 1) {
            String name = "@Command(name = \"" + words.get(1) + "\"";
            return ProjectFiles.find("bench", "*.java").stream().map(ProjectFiles::read).anyMatch(source -> source.contains(name))
                    ? Optional.empty() : Optional.of("there is no benchmark " + words.get(1));
        } else if (first.contains("/")) {
            return exists(first);
        }
        return TOOLS.contains(first) || command.startsWith("java @target/") ? Optional.empty()
                : Optional.of(first + " is not known here");
    }

    private static Optional<String> parse(List<String> arguments) {
        try {
            new CommandLine(new DistributaryCommand()).parseArgs(arguments.toArray(String[]::new));
            return Optional.empty();
        } catch (CommandLine.ParameterException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Optional<String> exists(String file) {
        return Files.exists(ProjectFiles.BASE.resolve(file)) ? Optional.empty() : Optional.of("there is no " + file);
    }

    private static List<String> words(String command) {
        return WORD.matcher(command).results().map(word -> Stream.of(1, 2, 3).map(word::group).filter(each -> each != null)
                .findFirst().orElseThrow()).toList();
    }

    private static List<String> badJson(MarkdownFile page) {
        var bad = new ArrayList<String>();
        for (var block : blocks(page, "json")) {
            String where = ProjectFiles.relative(page.path()) + ":" + block.line() + ": ";
            try {
                JSON.readTree(block.text()).path("Statement").forEach(statement -> bad.addAll(badStatement(where, statement)));
            } catch (JsonProcessingException e) {
                bad.add(where + "no JSON");
            }
        }
        return bad;
    }

    private static List<String> badStatement(String where, JsonNode statement) {
        var bad = new ArrayList<String>();
        JsonNode action = statement.path("Action");
        for (JsonNode each : action.isArray() ? action : List.of(action)) {
            if (!each.asText().matches("[a-z0-9]+:[A-Z][A-Za-z]+")) {
                bad.add(where + "no action " + each.asText());
            }
        }
        if (!statement.path("Resource").asText().matches("\\*|arn:aws:[a-z0-9]+:[^:]*:[^:]*:.+")) {
            bad.add(where + "a statement without a resource");
        }
        return bad;
    }

    private static List<MarkdownFile.Block> blocks(MarkdownFile page, String language) {
        return page.blocks().stream().filter(block -> block.language().equals(language)).toList();
    }

    private static boolean runs(String command, String option, String script, String... input) throws Exception {
        List<String> line = script.isEmpty() ? List.of(command, option) : List.of(command, option, script);
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            try (var out = process.outputWriter()) {
                for (String each : input) {
                    out.write(each);
                }
            }
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
