package io.distributary.validate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The mistakes people make: each file of the folder, and beside it, with .txt at its end, what is said of it. Written anew by
 * {@code -Dvalidate.write=true}; then read what changed.
 */
class MistakesTest {
    private static final Path FOLDER = Path.of("src/test/resources/validate");
    private static final Path GOOD = FOLDER.resolve("good");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().matches(".*\\.(yaml|properties)")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachMistakeIsOneLineThatSaysWhereWhatAndWhatToDo(Path file) throws IOException {
        Path expected = Path.of(file + ".txt");
        Path config = file.toString().endsWith(".properties") ? file : GOOD.resolve("application.properties");
        String found = new Validation(config, GOOD.resolve("routes"), Path.of("kamelets"), List.of(file)).run().problems().stream()
                .map(problem -> problem.toString().replace(FOLDER + "/", "")).collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("validate.write")) {
            Files.writeString(expected, found);
        }
        assertEquals(Files.readString(expected), found);
    }

    @Test
    void theyAreManyAndOnlyThoseThatAreNoneHaveNothingSaidOfThem() throws IOException {
        List<String> quiet = files().stream().filter(file -> read(Path.of(file + ".txt")).isBlank())
                .map(file -> file.getFileName().toString()).toList();
        assertEquals(List.of("not-ours.camel.yaml"), quiet);
        long problems = files().stream().flatMap(file -> read(Path.of(file + ".txt")).lines()).count();
        assertTrue(problems >= 40, "only " + problems);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
