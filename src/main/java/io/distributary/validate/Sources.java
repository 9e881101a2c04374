package io.distributary.validate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.distributary.diagnosis.Place;

/**
 * The files to look at, and those to read because they run together with them.
 *
 * @param asked what is reported on
 * @param all   what is read, the settings file included where there is one
 */
record Sources(Set<Path> asked, Set<Path> all) {
    static final String ROUTES = ".camel.yaml";
    static final String KAMELETS = ".kamelet.yaml";

    /** @param given files and folders; empty for all of the application's */
    static Sources of(Path config, Path routes, Path kamelets, List<Path> given, Problems problems) {
        Set<Path> own = new LinkedHashSet<>();
        boolean everything = given.isEmpty();
        if (Files.isReadable(config)) {
            own.add(config);
        } else if (everything) {
            problems.error(new Place(config.toString(), 0, 0), "there is no such file: go to the folder that holds it, or name it"
                    + " with --config FILE");
        }
        own.addAll(in(routes, ROUTES));
        own.addAll(in(kamelets, KAMELETS));
        if (everything) {
            if (!Files.isDirectory(routes)) {
                problems.error(new Place(routes.toString(), 0, 0), "there is no such folder: name that of the routes with --routes DIR");
            }
            return new Sources(own, own);
        }
        Set<Path> asked = new LinkedHashSet<>();
        for (Path path : given) {
            if (Files.isDirectory(path)) {
                asked.addAll(in(path, ROUTES));
                asked.addAll(in(path, KAMELETS));
            } else {
                asked.add(path);
            }
        }
        Set<Path> all = new LinkedHashSet<>(asked);
        // A recipe may be in the routes folder, too, as its copy: then the given one counts.
        own.stream().filter(path -> asked.stream().noneMatch(one -> one.getFileName().equals(path.getFileName()))).forEach(all::add);
        return new Sources(asked, all);
    }

    private static List<Path> in(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.filter(file -> file.getFileName().toString().endsWith(suffix)).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
