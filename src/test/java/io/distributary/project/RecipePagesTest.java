package io.distributary.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A recipe says in its head what it needs, its page shows the file as it is with every variable, and a test runs it. */
class RecipePagesTest {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\??([A-Z][A-Z0-9_]*)(?::([^}]*))?}}");
    private static final String SUFFIX = ".camel.yaml";

    static List<Path> recipes() {
        return ProjectFiles.find("routes/recipes", "*" + SUFFIX);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void theHeadSaysWhatItNeedsAndHowToSwitchItOn(Path file) {
        var head = ProjectFiles.read(file).lines().takeWhile(line -> line.startsWith("#")).collect(Collectors.joining("\n"));
        for (var part : List.of("# Needs: ", "# Switch on:  cp routes/recipes/" + file.getFileName() + " routes/",
                "docs/recipes/" + name(file) + ".md")) {
            assertTrue(head.contains(part), () -> ProjectFiles.relative(file) + " does not say: " + part);
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void itsPageShowsItAsItIs(Path file) {
        var route = ProjectFiles.read(file).lines().dropWhile(line -> line.startsWith("#")).collect(Collectors.joining("\n", "", "\n"));
        assertTrue(MarkdownFile.of(page(file)).blocks().stream().anyMatch(block -> block.text().equals(route)),
                () -> ProjectFiles.relative(page(file)) + " has no block with the route of " + ProjectFiles.relative(file));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void itsPageHasARowForEachVariable(Path file) {
        assertEquals(List.of(), withoutRow(ProjectFiles.read(file), ProjectFiles.read(page(file))));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void aTestRunsIt(Path file) {
        assertTrue(ProjectFiles.find("src/test/java/io/distributary/recipes", "*IT.java").stream()
                .anyMatch(test -> ProjectFiles.read(test).contains("new RecipeRun(stack, folder, \"" + name(file) + "\")")),
                () -> "No test of io.distributary.recipes runs " + ProjectFiles.relative(file));
    }

    @Test
    void aVariableWithoutItsRowIsFound() {
        assertEquals(List.of("| `A` | |", "| `B` | `1` |"), withoutRow("{{A}} {{B:1}} {{?C}} {{D:x,y}} {{small.name}}",
                "| `B` | `2` | other |\n| `C` | | optional |\n| `D` | `x,y` | list |\n"));
    }

    private static List<String> withoutRow(String route, String page) {
        var missing = new ArrayList<String>();
        VARIABLE.matcher(route).results().forEach(variable -> {
            var row = "| `" + variable.group(1) + "` |" + (variable.group(2) == null ? "" : " `" + variable.group(2) + "`")
                    + " |";
            if (!page.contains("\n" + row) && !page.startsWith(row) && !missing.contains(row)) {
                missing.add(row);
            }
        });
        return missing;
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(SUFFIX, "");
    }

    private static Path page(Path file) {
        var page = ProjectFiles.BASE.resolve("docs/recipes/" + name(file) + ".md");
        assertTrue(Files.exists(page), () -> ProjectFiles.relative(file) + " has no page docs/recipes/" + name(file) + ".md");
        return page;
    }
}
