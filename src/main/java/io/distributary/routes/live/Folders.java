package io.distributary.routes.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads all route and kamelet files. The contents are compared, not the directory watched: that sees every way of saving,
 * symlinks that change below (a mounted ConfigMap) and network file systems, and costs some microseconds for each file.
 */
final class Folders {
    private static final String ROUTE = ".camel.yaml";
    private static final String KAMELET = ".kamelet.yaml";

    private final Path routes;
    private final Path kamelets;

    Folders(Path routes, Path kamelets) {
        this.routes = routes;
        this.kamelets = kamelets;
    }

    /** @param modified changes when the same text is saved again */
    record Saved(String text, FileTime modified) {
    }

    /**
     * The files by their path. A folder of kamelets that is not there holds none.
     *
     * @throws IOException also where the routes' folder is missing: that says nothing about the routes
     */
    Map<String, Saved> read() throws IOException {
        Map<String, Saved> files = new TreeMap<>();
        read(routes, ROUTE, files);
        if (Files.isDirectory(kamelets)) {
            read(kamelets, KAMELET, files);
        }
        return files;
    }

    private static void read(Path folder, String suffix, Map<String, Saved> into) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found = files.filter(file -> file.getFileName().toString().endsWith(suffix)).toList();
        }
        for (Path file : found) {
            try {
                FileTime modified = Files.getLastModifiedTime(file);
                // Bytes that are no UTF-8 become U+FFFD: half a character of a half-written file is no reason to fail.
                into.put(file.toString(), new Saved(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), modified));
            } catch (NoSuchFileException e) {
                continue; // gone since it was listed, as when an editor renames
            }
        }
    }
}
