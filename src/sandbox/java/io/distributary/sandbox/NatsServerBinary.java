package io.distributary.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
        var found = onPath(os.startsWith("windows") ? NAME + ".exe" : NAME, "/usr/sbin");
        if (found.isPresent()) {
            return checked(found.get(), found.get().toString());
        }
        var cached = cacheFolder().resolve(NAME);
        if (!Files.isExecutable(cached)) {
            fetch(cached);
        }
        return checked(cached, cached.toString());
    }

    private Optional<Path> onPath(String program, String... alsoIn) {
        var path = environment.getOrDefault("PATH", "").split(File.pathSeparator);
        var folders = Stream.concat(Stream.of(path), Stream.of(alsoIn));
        return folders.filter(folder -> !folder.isBlank()).map(folder -> Path.of(folder, program))
                .filter(Files::isRegularFile).filter(Files::isExecutable).findFirst();
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
        var aptGet = onPath("apt-get");
        var dpkg = onPath("dpkg");
        if (aptGet.isEmpty() || dpkg.isEmpty()) {
            throw new SandboxException("No nats-server found, and no apt-get to fetch it with: " + WHAT_TO_DO);
        }
        try {
            Files.createDirectories(cached.getParent());
            var folder = Files.createTempDirectory(cached.getParent(), "fetch-");
            try {
                download(folder, aptGet.get().toString(), dpkg.get().toString());
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

    private static void download(Path folder, String aptGet, String dpkg) throws IOException {
        var download = run(folder, aptGet, "-q", "download", NAME);
        if (download.status() != 0) {
            // Fresh containers have no package lists.
            var update = run(folder, aptGet, "-q", "update");
            download = run(folder, aptGet, "-q", "download", NAME);
            if (download.status() != 0) {
                throw new SandboxException("No nats-server found, and `apt-get download nats-server` failed ("
                        + download.lastLine() + (update.status() == 0 ? "" : "; `apt-get update`: " + update.lastLine())
                        + "): " + WHAT_TO_DO);
            }
        }
        try (var packages = Files.newDirectoryStream(folder, "*.deb")) {
            for (var file : packages) {
                var unpack = run(folder, dpkg, "-x", file.toString(), folder.toString());
                if (unpack.status() != 0) {
                    throw new SandboxException("Cannot unpack " + file.getFileName() + ": " + unpack.lastLine());
                }
            }
        }
    }

    /** A binary of another architecture, or half of one, is noticed here and not in a test. */
    private static Path checked(Path binary, String origin) {
        if (!Files.isExecutable(binary)) {
            throw new SandboxException(origin + " is not an executable file: " + WHAT_TO_DO);
        }
        try {
            var version = run(binary.toAbsolutePath().getParent(), binary.toAbsolutePath().toString(), "--version");
            if (version.status() == 0 && version.output().matches("(?s).*v2\\.(9|\\d\\d+)\\..*")) {
                return binary.toAbsolutePath();
            }
            throw new SandboxException(origin + " is not a nats-server 2.9 or newer (--version says \""
                    + version.lastLine() + "\"): " + WHAT_TO_DO);
        } catch (IOException e) {
            throw new SandboxException(origin + " does not run here (" + e.getMessage() + "): " + WHAT_TO_DO, e);
        }
    }

    private record Result(int status, String output) {
        String lastLine() {
            return output.strip().lines().reduce((first, second) -> second).orElse("no output");
        }
    }

    private static Result run(Path folder, String... command) throws IOException {
        var log = Files.createTempFile("distributary-", ".log");
        try {
            var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(log.toFile()).start();
            process.getOutputStream().close();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Result(-1, "not done within 120 s");
            }
            return new Result(process.exitValue(), Files.readString(log));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while running " + String.join(" ", command), e);
        } finally {
            Files.delete(log);
        }
    }
}
