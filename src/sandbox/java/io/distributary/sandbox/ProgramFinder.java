package io.distributary.sandbox;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

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
        var found = DebianPackages.onPath(environment, os.startsWith("windows") ? wanted.name() + ".exe" : wanted.name(), "/usr/sbin");
        if (found.isPresent()) {
            return checked(found.get(), found.get().toString());
        }
        var cached = cacheFolder().resolve(wanted.name());
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
            throw new SandboxException("No " + wanted.name() + " found: run `brew install " + wanted.name() + "`, or " + wanted.whatToDo());
        }
        if (os.startsWith("windows")) {
            throw new SandboxException("No " + wanted.name() + ".exe found: run `scoop install " + wanted.name() + "`, or " + wanted.whatToDo());
        }
        var packages = DebianPackages.of(environment);
        if (packages.isEmpty()) {
            throw new SandboxException("No " + wanted.name() + " found, and no apt-get to fetch it with: " + wanted.whatToDo());
        }
        try {
            Files.createDirectories(cached.getParent());
            var folder = Files.createTempDirectory(cached.getParent(), "fetch-");
            try {
                download(packages.get(), folder);
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

    private void download(DebianPackages packages, Path folder) throws IOException {
        try {
            packages.unpack(folder, wanted.debian());
        } catch (SandboxException e) {
            throw new SandboxException("No " + wanted.name() + " found, and " + e.getMessage() + ": " + wanted.whatToDo(), e);
        }
    }

    /** A binary of another architecture, or half of one, is noticed here and not in a test. */
    private Path checked(Path binary, String origin) {
        if (!Files.isExecutable(binary)) {
            throw new SandboxException(origin + " is not an executable file: " + wanted.whatToDo());
        }
        try {
            var version = DebianPackages.run(binary.toAbsolutePath().getParent(), binary.toAbsolutePath().toString(), "--version");
            if (version.status() == 0 && wanted.version().matcher(version.output()).find()) {
                return binary.toAbsolutePath();
            }
            throw new SandboxException(origin + " is not a " + wanted.usable() + " (--version says \""
                    + version.lastLine() + "\"): " + wanted.whatToDo());
        } catch (IOException e) {
            throw new SandboxException(origin + " does not run here (" + e.getMessage() + "): " + wanted.whatToDo(), e);
        }
    }
}
