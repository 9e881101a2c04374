package io.distributary.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourceFilesTest {
    private static final int MAX_LINES = 300;
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "(?m)^public (?:(?:final|abstract|sealed|non-sealed) )*(?:class|interface|enum|record|@interface) (\\w+)");
    private static final Pattern DOCUMENTED = Pattern.compile(
            "\\*/\\s*(?:@\\w+(?:\\((?:[^()]|\\([^()]*\\))*\\))?\\s*)*$");

    static List<Path> sources() {
        return Stream.of("src/main/java", "src/test/java", "src/sandbox/java")
                .flatMap(directory -> ProjectFiles.find(directory, "*.java").stream()).toList();
    }

    @Test
    void noClassIsLongerThanAPersonCanHoldInMind() {
        assertEquals(List.of(), sources().stream()
                .filter(file -> ProjectFiles.read(file).lines().count() > MAX_LINES)
                .map(file -> ProjectFiles.relative(file) + " has more than " + MAX_LINES + " lines").toList());
    }

    @Test
    void nothingIsLeftToDo() {
        // Split, so that this line is no hit.
        var marker = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
        assertEquals(List.of(), sources().stream()
                .flatMap(file -> numbered(file, line -> marker.matcher(line).find())).toList());
    }

    @Test
    void everyPublicTypeOfTheReleasedCodeSaysWhatItIs() {
        assertEquals(List.of(), ProjectFiles.find("src/main/java", "*.java").stream()
                .filter(file -> undocumented(ProjectFiles.read(file)))
                .map(file -> ProjectFiles.relative(file) + " has a public type without Javadoc").toList());
    }

    @Test
    void aTypeWithoutJavadocIsFoundAndOneWithAnnotationsIsNot() {
        assertTrue(undocumented("import a.B;\n\npublic final class A {\n}\n"));
        assertFalse(undocumented("/** A. */\npublic record A() {\n}\n"));
        assertFalse(undocumented("/** A. */\n@Component(\"a\")\n@B(c = {1, 2}, d = e(1))\npublic class A {\n}\n"));
    }

    private static boolean undocumented(String source) {
        var type = PUBLIC_TYPE.matcher(source);
        return type.find() && !DOCUMENTED.matcher(source.substring(0, type.start())).find();
    }

    private static Stream<String> numbered(Path file, Predicate<String> hit) {
        var lines = ProjectFiles.read(file).lines().toList();
        return IntStream.range(0, lines.size()).filter(i -> hit.test(lines.get(i)))
                .mapToObj(i -> ProjectFiles.relative(file) + ":" + (i + 1));
    }
}
