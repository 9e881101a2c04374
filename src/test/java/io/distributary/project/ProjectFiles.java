package io.distributary.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of the project itself, found from its base directory, where Maven runs the tests. */
final class ProjectFiles {
    static final Path BASE = Path.of("").toAbsolutePath();

    private ProjectFiles() {
    }

    /** The files below {@code directory} whose name matches the glob, sorted; empty without such a directory. */
    static List<Path> find(String directory, String name) {
        var root = BASE.resolve(directory);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).filter(file -> matcher.matches(file.getFileName()))
                    .sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String relative(Path file) {
        var path = file.toAbsolutePath();
        return (path.startsWith(BASE) ? BASE.relativize(path) : path).toString().replace('\\', '/');
    }
}
