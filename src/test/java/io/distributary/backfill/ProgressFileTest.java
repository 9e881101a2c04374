package io.distributary.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.distributary.diagnosis.ConfigurationProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ProgressFileTest {
    private static final Job JOB = new Job("id", "a", "arn:t", "uuid", 2, "SNAPSHOT", "all items", Instant.parse("2026-11-21T12:00:00Z"));

    @TempDir
    private Path folder;

    @Test
    void itIsReadBackAsItWasWritten() throws Exception {
        Path path = folder.resolve("a/b/progress.json");
        SegmentProgress progress = new SegmentProgress(10, 9, 2.5, Map.of("pk", AttributeValue.fromB(SdkBytes.fromUtf8String("é")),
                "sk", AttributeValue.fromN("1.50")), false);
        try (ProgressFile file = ProgressFile.open(path)) {
            file.begin(JOB);
            file.advance(1, progress);
        }
        try (ProgressFile file = ProgressFile.open(path)) {
            assertEquals(JOB, file.job().orElseThrow());
            assertEquals(List.of(SegmentProgress.NONE, progress), file.segments());
            file.advance(0, new SegmentProgress(0, 0, 0, null, true));
            file.advance(1, progress.behind(new ItemPages.Page(List.of(), 5, 1, null)));
            assertTrue(file.complete());
            assertEquals(new SegmentProgress(15, 9, 3.5, progress.after(), true), file.segment(1));
        }
        assertEquals(List.of("progress.json", "progress.json.lock"), files(path.getParent()));
    }

    private static List<String> files(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aSecondBackfillIsKeptOut() {
        Path path = folder.resolve("progress.json");
        try (ProgressFile file = ProgressFile.open(path)) {
            String message = assertThrows(ConfigurationProblem.class, () -> ProgressFile.open(path)).getMessage();
            assertTrue(message.startsWith("Another backfill is at work with the progress file"), message);
        }
        ProgressFile.anew(path).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "{\"version\": 2}", "[]", "{\"version\": 1, \"segments\": [{\"after\": \"{\"}]}",
            "{\"version\": 1, \"backfill\": \"x\", \"route\": \"a\", \"tableArn\": \"t\", \"eventName\": \"SNAPSHOT\", \"selection\": \"s\", \"position\": \"now\"}"})
    void whatIsNoProgressIsRefusedAndNeverTakenForABeginning(String content) throws Exception {
        Path path = folder.resolve("progress.json");
        Files.writeString(path, content);
        String message = assertThrows(ConfigurationProblem.class, () -> ProgressFile.open(path)).getMessage();
        assertTrue(message.contains("cannot be read") && message.contains("--restart"), message);
        ProgressFile.anew(path).close();
    }

    static Stream<Arguments> others() {
        Instant later = JOB.position().plusSeconds(5);
        return Stream.of(
                Arguments.of(null, new Job("other", "a", "arn:t", "uuid", 2, "SNAPSHOT", "all items", later)),
                Arguments.of(null, new Job("other", "a", "arn:t", null, 2, "SNAPSHOT", "all items", later)),
                Arguments.of("is of route a", new Job("x", "b", "arn:t", "uuid", 2, "SNAPSHOT", "all items", later)),
                Arguments.of("is of table arn:t", new Job("x", "a", "arn:u", "uuid", 2, "SNAPSHOT", "all items", later)),
                Arguments.of("is of a table arn:t that was deleted and made again since", new Job("x", "a", "arn:t", "new", 2, "SNAPSHOT", "all items", later)),
                Arguments.of("has 2 segments", new Job("x", "a", "arn:t", "uuid", 3, "SNAPSHOT", "all items", later)),
                Arguments.of("sends SNAPSHOT", new Job("x", "a", "arn:t", "uuid", 2, "INSERT", "all items", later)),
                Arguments.of("is of all items", new Job("x", "a", "arn:t", "uuid", 2, "SNAPSHOT", "some", later)));
    }

    @ParameterizedTest
    @MethodSource("others")
    void anotherBackfillDoesNotGoOnWithIt(String difference, Job other) {
        assertEquals(difference, JOB.differenceTo(other));
    }
}
