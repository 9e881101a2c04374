package io.distributary.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What this project ships says nothing wrong of itself. */
class ProjectFilesAreValidTest {
    static Stream<Path> recipes() throws IOException {
        return Stream.concat(files(Path.of("routes/recipes")), files(Path.of("k8s"))
                .filter(file -> !file.endsWith("images.yaml") && !file.getFileName().toString().contains(".rules."))); // kustomize's and Prometheus'
    }

    @Test
    void routesKameletsAndSettingsHaveNoProblem() {
        assertEquals(List.of(), validate(List.of()).problems());
    }

    /** A recipe's environment variables are set where it runs. */
    @ParameterizedTest
    @MethodSource("recipes")
    void eachRecipeAndResourceHasNoProblem(Path recipe) {
        assertEquals(List.of(), validate(List.of(recipe)).problems().stream()
                .filter(problem -> !problem.message().contains("nor as environment variable")).toList());
    }

    private static Report validate(List<Path> files) {
        return new Validation(Path.of("application.properties"), Path.of("routes"), Path.of("kamelets"), files).run();
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }
}
