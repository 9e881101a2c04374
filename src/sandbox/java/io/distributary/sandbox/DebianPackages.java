package io.distributary.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Unpacks packages of this machine's own Debian or Ubuntu sources into a folder, without installing anything. */
public final class DebianPackages {
    private final String aptGet;
    private final String dpkg;

    private DebianPackages(Path aptGet, Path dpkg) {
        this.aptGet = aptGet.toString();
        this.dpkg = dpkg.toString();
    }

    /** Empty where the PATH of this environment has no apt-get or no dpkg. */
    public static Optional<DebianPackages> of(Map<String, String> environment) {
        return onPath(environment, "apt-get").flatMap(aptGet -> onPath(environment, "dpkg").map(dpkg -> new DebianPackages(aptGet, dpkg)));
    }

    /** A program's path, looked for on the PATH of this environment and then in these folders. */
    public static Optional<Path> onPath(Map<String, String> environment, String program, String... alsoIn) {
        var path = environment.getOrDefault("PATH", "").split(File.pathSeparator);
        return Stream.concat(Arrays.stream(path), Arrays.stream(alsoIn)).filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program)).filter(Files::isRegularFile).filter(Files::isExecutable).findFirst();
    }

    /**
     * Unpacks one package.
     *
     * @throws SandboxException with what apt-get said
     */
    public void unpack(Path folder, String name) throws IOException {
        afterAnUpdateAtTheMost(folder, "download", name);
        unpackDownloaded(folder);
    }

    /**
     * Unpacks a package and those that it needs and that this machine lacks.
     *
     * @throws SandboxException with what apt-get said
     */
    public void unpackWithDependencies(Path folder, String name) throws IOException {
        var missing = afterAnUpdateAtTheMost(folder, "install", "--print-uris", "-qq", "-y", "--no-install-recommends", name);
        // 'http://.../name_version_architecture.deb' name_version_architecture.deb 1234 SHA256:...
        var names = missing.output().lines().filter(line -> line.startsWith("'"))
                .map(line -> line.replaceFirst(".*' ([^_ ]+)_.*", "$1")).toList();
        var download = new ArrayList<>(List.of("download"));
        download.addAll(names);
        afterAnUpdateAtTheMost(folder, download.toArray(String[]::new));
        unpackDownloaded(folder);
    }

    /** Fresh containers have no package lists. */
    private Result afterAnUpdateAtTheMost(Path folder, String... arguments) throws IOException {
        var result = aptGet(folder, arguments);
        if (result.status() != 0) {
            var update = aptGet(folder, "update");
            result = aptGet(folder, arguments);
            if (result.status() != 0) {
                throw new SandboxException("`apt-get " + String.join(" ", arguments) + "` failed (" + result.lastLine()
                        + (update.status() == 0 ? "" : "; `apt-get update`: " + update.lastLine()) + ")");
            }
        }
        return result;
    }

    private Result aptGet(Path folder, String... arguments) throws IOException {
        return run(folder, Stream.concat(Stream.of(aptGet, "-q"), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private void unpackDownloaded(Path folder) throws IOException {
        try (var packages = Files.newDirectoryStream(folder, "*.deb")) {
            for (var file : packages) {
                var unpack = run(folder, dpkg, "-x", file.toString(), folder.toString());
                if (unpack.status() != 0) {
                    throw new SandboxException("Cannot unpack " + file.getFileName() + ": " + unpack.lastLine());
                }
                Files.delete(file);
            }
        }
    }

    record Result(int status, String output) {
        String lastLine() {
            return output.strip().lines().reduce((first, second) -> second).orElse("no output");
        }
    }

    /** A program's exit status and all that it printed; it has 120 s. */
    static Result run(Path folder, String... command) throws IOException {
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
