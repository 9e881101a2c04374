package io.distributary.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineFileTest {
    @TempDir
    private Path folder;

    @Test
    void eachLineIsAppendedWhole() throws IOException {
        Path path = folder.resolve("new/folder/dead.jsonl");
        LineFile file = file(path);
        file.append("{\"a\":1}");
        file.append("{\"b\":\"é\"}");
        assertEquals("{\"a\":1}\n{\"b\":\"é\"}\n", Files.readString(path));
    }

    @Test
    void lineThatACrashCutOffSpoilsNoOther() throws IOException {
        Path path = folder.resolve("dead.jsonl");
        Files.writeString(path, "{\"a\":1}\n{\"cut\":");
        file(path).append("{\"b\":2}");
        assertEquals(List.of("{\"a\":1}", "{\"cut\":", "{\"b\":2}"), Files.readAllLines(path));
    }

    @Test
    void linesOfManyThreadsAndSinksDoNotMix() throws Exception {
        Path path = folder.resolve("dead.jsonl");
        int threads = 8;
        int lines = 25;
        var pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> writers = IntStream.range(0, threads).<Callable<Void>>mapToObj(thread -> () -> {
                LineFile file = file(path);
                for (int line = 0; line < lines; line++) {
                    file.append(line(thread, line));
                }
                return null;
            }).toList();
            for (var done : pool.invokeAll(writers)) {
                done.get();
            }
        } finally {
            pool.shutdown();
        }
        Set<String> expected = IntStream.range(0, threads * lines)
                .mapToObj(i -> line(i / lines, i % lines)).collect(Collectors.toSet());
        List<String> written = Files.readAllLines(path);
        assertEquals(threads * lines, written.size());
        assertEquals(expected, Set.copyOf(written));
    }

    @Test
    void fileThatCannotBeWrittenIsAnError() throws IOException {
        Path path = Files.createDirectory(folder.resolve("dead.jsonl"));
        assertThrows(IOException.class, () -> file(path).append("{}"));
    }

    @Test
    void linesThatWaitTogetherAllFailWhereTheFileCannotBeWritten() throws Exception {
        Path path = Files.createDirectory(folder.resolve("dead.jsonl"));
        var pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> writers = IntStream.range(0, 40).<Callable<Void>>mapToObj(thread -> () -> {
                file(path).append("{}");
                return null;
            }).toList();
            for (var done : pool.invokeAll(writers)) {
                assertThrows(java.util.concurrent.ExecutionException.class, done::get);
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void aBodyOfMoreThanOneLineIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> file(folder.resolve("lines.jsonl")).append("{\n}"));
    }

    private static String line(int thread, int line) {
        return thread + "-" + line + "-" + "x".repeat(20_000);
    }

    private static LineFile file(Path path) {
        LineFile file = new LineFile();
        file.setFile(path.toString());
        return file;
    }
}
