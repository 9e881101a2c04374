package io.distributary.sandbox;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;

/**
 * Finds a nats-server: {@code $NATS_SERVER}, else the PATH and /usr/sbin, else the cache folder ({@code
 * $DISTRIBUTARY_CACHE}, default {@code ~/.cache/distributary}), else fetched into the cache from this machine's own
 * Debian or Ubuntu package sources, without installing anything.
 */
final class NatsServerBinary {
    private static final String NAME = "nats-server";
    private static final String WHAT_TO_DO = "install nats-server (2.9 or newer) so that it is on the PATH,"
            + " or set the environment variable NATS_SERVER to its path"
            + " (https://github.com/nats-io/nats-server/releases)";

    private final Map<String, String> environment;
    private final String os;
    private final Path home;

    NatsServerBinary(Map<String, String> environment, String os, Path home) {
        this.environment = environment;
        this.os = os.toLowerCase(Locale.ROOT);
        this.home = home;
    }

    /** @throws SandboxException saying what to do, if there is none and none can be fetched */
    static Path find() {
        return new NatsServerBinary(System.getenv(), System.getProperty("os.name"),
                Path.of(System.getProperty("user.home")))
                .locate();
    }

    Path locate() {
        var named = environment.get("NATS_SERVER");
        if (named != null && !named.isBlank()) {
            return checked(Path.of(named), "NATS_SERVER=" + named);
        }
        // Debian puts it where only root's PATH looks.
        var found = DebianPackages.onPath(environment, os.startsWith("windows") ? NAME + ".exe" : NAME, "/usr/sbin");
        if (found.isPresent()) {
            return checked(found.get(), found.get().toString());
        }
        var cached = cacheFolder().resolve(NAME);
        if (!Files.isExecutable(cached)) {
            fetch(cached);
        }
        return checked(cached, cached.toString());
    }

    private Path cacheFolder() {
        var folder = environment.get("DISTRIBUTARY_CACHE");
        var isDefault = folder == null || folder.isBlank();
        return isDefault ? home.resolve(".cache/distributary") : Path.of(folder).toAbsolutePath();
    }

    private void fetch(Path cached) {
        if (os.contains("mac")) {
            throw new SandboxException("No nats-server found: run `brew install nats-server`, or " + WHAT_TO_DO);
        }
        if (os.startsWith("windows")) {
            throw new SandboxException("No nats-server.exe found: run `scoop install nats-server`, or " + WHAT_TO_DO);
        }
        var packages = DebianPackages.of(environment);
        if (packages.isEmpty()) {
            throw new SandboxException("No nats-server found, and no apt-get to fetch it with: " + WHAT_TO_DO);
        }
        try {
            Files.createDirectories(cached.getParent());
            var folder = Files.createTempDirectory(cached.getParent(), "fetch-");
            try {
                download(packages.get(), folder);
                var sbin = folder.resolve("usr/sbin").resolve(NAME);
                var unpacked = Files.exists(sbin) ? sbin : folder.resolve("usr/bin").resolve(NAME);
                checked(unpacked, "the nats-server package of this system");
                // Whole or not at all: other JVMs may look for it, or fetch it too.
                Files.move(unpacked, cached, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                WorkFolder.delete(folder);
            }
        } catch (AtomicMoveNotSupportedException e) {
            throw new SandboxException("The cache folder " + cached.getParent()
                    + " cannot rename files: set DISTRIBUTARY_CACHE", e);
        } catch (IOException e) {
            throw new SandboxException("Cannot write to the cache folder " + cached.getParent() + ": " + e.getMessage()
                    + "; set DISTRIBUTARY_CACHE to another one", e);
        }
    }

    private static void download(DebianPackages packages, Path folder) throws IOException {
        try {
            packages.unpack(folder, NAME);
        } catch (SandboxException e) {
            throw new SandboxException("No nats-server found, and " + e.getMessage() + ": " + WHAT_TO_DO, e);
        }
    }

    /** A binary of another architecture, or half of one, is noticed here and not in a test. */
    private static Path checked(Path binary, String origin) {
        if (!Files.isExecutable(binary)) {
            throw new SandboxException(origin + " is not an executable file: " + WHAT_TO_DO);
        }
        try {
            var version = DebianPackages.run(binary.toAbsolutePath().getParent(), binary.toAbsolutePath().toString(), "--version");
            if (version.status() == 0 && version.output().matches("(?s).*v2\\.(9|\\d\\d+)\\..*")) {
                return binary.toAbsolutePath();
            }
            throw new SandboxException(origin + " is not a nats-server 2.9 or newer (--version says \""
                    + version.lastLine() + "\"): " + WHAT_TO_DO);
        } catch (IOException e) {
            throw new SandboxException(origin + " does not run here (" + e.getMessage() + "): " + WHAT_TO_DO, e);
        }
    }
}
