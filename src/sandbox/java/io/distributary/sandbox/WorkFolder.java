package io.distributary.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The folder of one sandbox: {@code <parent>/<process id>-<number>}. Deleted when closed; one left behind by a process
 * that was killed is deleted by the next sandbox in the same parent.
 */
final class WorkFolder implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("(\\d+)-.+");

    private final Path path;

    private WorkFolder(Path path) {
        this.path = path;
    }

    static WorkFolder in(Path parent) {
        try {
            Files.createDirectories(parent);
            deleteStale(parent);
            var path = Files.createTempDirectory(parent, ProcessHandle.current().pid() + "-");
            return new WorkFolder(path.toAbsolutePath());
        } catch (IOException e) {
            throw new SandboxException("Cannot use the work folder " + parent + ": " + e.getMessage(), e);
        }
    }

    private static void deleteStale(Path parent) throws IOException {
        try (var children = Files.newDirectoryStream(parent, Files::isDirectory)) {
            for (var child : children) {
                var name = NAME.matcher(child.getFileName().toString());
                if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    delete(child);
                }
            }
        }
    }

    /** A folder in it, created. */
    Path folder(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new SandboxException("Cannot create a folder in " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            delete(path);
        } catch (IOException e) {
            throw new SandboxException("Cannot delete " + path + ": " + e.getMessage(), e);
        }
    }

    /** Deletes the folder and all in it. */
    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException | UncheckedIOException e) {
            if (Files.exists(folder)) {
                throw e;
            }
            // another JVM was faster to delete what a killed one left
        }
    }
}
