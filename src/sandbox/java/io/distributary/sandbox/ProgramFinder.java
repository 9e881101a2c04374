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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a program: by its environment variable, else on the PATH and in /usr/sbin, else in the cache folder ({@code
 * $DISTRIBUTARY_CACHE}, default {@code ~/.cache/distributary}), else fetched into the cache from this machine's own
 * Debian or Ubuntu package sources, without installing anything.
 */
final class ProgramFinder {
    /**
     * What is looked for.
     *
     * @param name      of the program, and in Homebrew and Scoop
     * @param debian    the package of Debian that holds it in /usr/sbin or /usr/bin
     * @param variable  the environment variable that may name it
     * @param version   what {@code --version} says of a usable one
     * @param usable    that in words, as {@code nats-server 2.9 or newer}
     * @param releases  where it can be had otherwise
     */
    record Wanted(String name, String debian, String variable, Pattern version, String usable, String releases) {
        String whatToDo() {
            return "install " + usable.replaceFirst(" (.*)", " ($1)") + " so that it is on the PATH, or set the environment variable "
                    + variable + " to its path (" + releases + ")";
        }
    }

    private final Wanted wanted;
    private final Map<String, String> environment;
    private final String os;
    private final Path home;

    ProgramFinder(Wanted wanted, Map<String, String> environment, String os, Path home) {
        this.wanted = wanted;
        this.environment = environment;
        this.os = os.toLowerCase(Locale.ROOT);
        this.home = home;
    }

    /** @throws SandboxException saying what to do, if there is none and none can be fetched */
    static Path find(Wanted wanted) {
        return new ProgramFinder(wanted, System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")))
                .locate();
    }

    Path locate() {
        var named = environment.get(wanted.variable());
        if (named != null && !named.isBlank()) {
            return checked(Path.of(named), wanted.variable() + "=" + named);
        }
        // Debian puts it where only root's PATH looks.
        var found = onPath(os.startsWith("windows") ? wanted.name() + ".exe" : wanted.name(), "/usr/sbin");
        if (found.isPresent()) {
            return checked(found.get(), found.get().toString());
        }
        var cached = cacheFolder().resolve(wanted.name());
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
            throw new SandboxException("No " + wanted.name() + " found: run `brew install " + wanted.name() + "`, or " + wanted.whatToDo());
        }
        if (os.startsWith("windows")) {
            throw new SandboxException("No " + wanted.name() + ".exe found: run `scoop install " + wanted.name() + "`, or " + wanted.whatToDo());
        }
        var aptGet = onPath("apt-get");
        var dpkg = onPath("dpkg");
        if (aptGet.isEmpty() || dpkg.isEmpty()) {
            throw new SandboxException("No " + wanted.name() + " found, and no apt-get to fetch it with: " + wanted.whatToDo());
        }
        try {
            Files.createDirectories(cached.getParent());
            var folder = Files.createTempDirectory(cached.getParent(), "fetch-");
            try {
                download(folder, aptGet.get().toString(), dpkg.get().toString());
                var sbin = folder.resolve("usr/sbin").resolve(wanted.name());
                var unpacked = Files.exists(sbin) ? sbin : folder.resolve("usr/bin").resolve(wanted.name());
                checked(unpacked, "the " + wanted.debian() + " package of this system");
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

    private void download(Path folder, String aptGet, String dpkg) throws IOException {
        var download = run(folder, aptGet, "-q", "download", wanted.debian());
        if (download.status() != 0) {
            // Fresh containers have no package lists.
            var update = run(folder, aptGet, "-q", "update");
            download = run(folder, aptGet, "-q", "download", wanted.debian());
            if (download.status() != 0) {
                throw new SandboxException("No " + wanted.name() + " found, and `apt-get download " + wanted.debian() + "` failed ("
                        + download.lastLine() + (update.status() == 0 ? "" : "; `apt-get update`: " + update.lastLine())
                        + "): " + wanted.whatToDo());
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
    private Path checked(Path binary, String origin) {
        if (!Files.isExecutable(binary)) {
            throw new SandboxException(origin + " is not an executable file: " + wanted.whatToDo());
        }
        try {
            var version = run(binary.toAbsolutePath().getParent(), binary.toAbsolutePath().toString(), "--version");
            if (version.status() == 0 && wanted.version().matcher(version.output()).find()) {
                return binary.toAbsolutePath();
            }
            throw new SandboxException(origin + " is not a " + wanted.usable() + " (--version says \""
                    + version.lastLine() + "\"): " + wanted.whatToDo());
        } catch (IOException e) {
            throw new SandboxException(origin + " does not run here (" + e.getMessage() + "): " + wanted.whatToDo(), e);
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
