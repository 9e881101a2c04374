package io.distributary.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.distributary.sandbox.DebianPackages;
import io.distributary.sandbox.SandboxException;

/**
 * Finds a Chromium: {@code $CHROMIUM}, else the PATH, else the cache folder ({@code $DISTRIBUTARY_CACHE}, default
 * {@code ~/.cache/distributary}), else fetched into it from this machine's Debian package sources, with the libraries that it lacks and
 * without installing anything: some 100 MB and ten seconds, once.
 *
 * @param program what to run
 * @param root    where packages were unpacked, or null for an installed program
 */
record ChromiumBinary(Path program, Path root) {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
            "chromium-headless-shell");
    private static final String PACKAGE = "chromium-headless-shell";
    private static final String PROGRAM = "usr/lib/chromium/chromium-headless-shell";
    private static final String WHAT_TO_DO = "; install chromium, or set CHROMIUM to the path of one";

    /** @throws SandboxException saying why there is none, and what to do */
    static ChromiumBinary find() throws IOException {
        return find(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static ChromiumBinary find(Map<String, String> environment, Path home) throws IOException {
        String named = environment.get("CHROMIUM");
        if (named != null && !named.isBlank()) {
            if (!Files.isExecutable(Path.of(named))) {
                throw new SandboxException("CHROMIUM=" + named + " is not an executable file");
            }
            return new ChromiumBinary(Path.of(named), null);
        }
        Optional<Path> installed = NAMES.stream().flatMap(name -> DebianPackages.onPath(environment, name).stream()).findFirst();
        if (installed.isPresent()) {
            return new ChromiumBinary(installed.get(), null);
        }
        Path cache = Optional.ofNullable(environment.get("DISTRIBUTARY_CACHE")).filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).toAbsolutePath()).orElse(home.resolve(".cache/distributary"));
        Path root = cache.resolve("chromium");
        if (!Files.isExecutable(root.resolve(PROGRAM))) {
            fetch(environment, cache, root);
        }
        return new ChromiumBinary(root.resolve(PROGRAM), root);
    }

    private static void fetch(Map<String, String> environment, Path cache, Path root) throws IOException {
        DebianPackages packages = DebianPackages.of(environment)
                .orElseThrow(() -> new SandboxException("No Chromium found, and no apt-get to fetch it with" + WHAT_TO_DO));
        Files.createDirectories(cache);
        Path folder = Files.createTempDirectory(cache, "fetch-");
        try {
            packages.unpackWithDependencies(folder, PACKAGE);
            if (!Files.isExecutable(folder.resolve(PROGRAM))) {
                throw new SandboxException("The package " + PACKAGE + " of this system has no " + PROGRAM);
            }
            // whole or not at all: another JVM may fetch it too, and the first one wins
            if (!Files.exists(root)) {
                Files.move(folder, root);
            }
        } catch (SandboxException e) {
            throw new SandboxException("No Chromium found, and " + e.getMessage() + WHAT_TO_DO, e);
        } finally {
            delete(folder);
        }
    }

    /** What the unpacked one needs: its libraries, and the fonts that came with it or are installed. */
    Map<String, String> environment(Path profile) throws IOException {
        if (root == null) {
            return Map.of();
        }
        Path fonts = Files.writeString(profile.resolve("fonts.conf"), """
                <?xml version="1.0"?>
                <!DOCTYPE fontconfig SYSTEM "fonts.dtd">
                <fontconfig><dir>/usr/share/fonts</dir><dir>%s</dir><cachedir>%s</cachedir>
                </fontconfig>
                """.formatted(root.resolve("usr/share/fonts"), profile.resolve("fonts")));
        return Map.of("LD_LIBRARY_PATH", String.join(":", libraryFolders()), "FONTCONFIG_FILE", fonts.toString());
    }

    /** usr/lib, usr/lib/x86_64-linux-gnu and folders in it, as that of PulseAudio. */
    private List<String> libraryFolders() throws IOException {
        try (Stream<Path> folders = Files.find(root, 4, (path, attributes) -> attributes.isDirectory())) {
            return folders.filter(folder -> root.relativize(folder).toString().matches("(usr/)?lib(/.*)?")).map(Path::toString).sorted().toList();
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
