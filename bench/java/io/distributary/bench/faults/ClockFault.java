package io.distributary.bench.faults;

import io.distributary.bench.faults.Application.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock of the application jumps. libfaketime gives the process a clock of its own (Debian: {@code apt install
 * libfaketime}); the monotonic one goes on, as it does where a person or NTP sets a clock.
 */
final class ClockFault extends Fault {
    private static final String NAME = "libfaketime.so.1";
    private static final List<Path> FOLDERS = List.of(Path.of("/usr/lib/x86_64-linux-gnu/faketime"), Path.of("/usr/lib/aarch64-linux-gnu/faketime"),
            Path.of("/usr/lib/faketime"), Path.of("/usr/lib64/faketime"), Path.of("/usr/local/lib/faketime"));

    private final String jump;

    /** @param jump in seconds, with its sign */
    ClockFault(String name, String jump) {
        super(name);
        this.jump = jump;
    }

    private static Optional<Path> library() {
        var named = System.getenv("LIBFAKETIME");
        return Stream.concat(Stream.ofNullable(named).map(Path::of), FOLDERS.stream().map(folder -> folder.resolve(NAME)))
                .filter(Files::isRegularFile).findFirst();
    }

    @Override
    Optional<String> missing() {
        return library().isPresent() ? Optional.empty()
                : Optional.of("no " + NAME + ": install libfaketime, or name the file in the environment variable LIBFAKETIME");
    }

    @Override
    Launch launch(World world) {
        set(world, "+0");
        return new Launch(List.of(), "256m", List.of(), Map.of("LD_PRELOAD", library().orElseThrow().toString(),
                "FAKETIME_TIMESTAMP_FILE", file(world).toString(), "FAKETIME_CACHE_DURATION", "1", "DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1"));
    }

    private static Path file(World world) {
        return world.work().resolve("clock");
    }

    private static void set(World world, String offset) {
        try {
            var next = Files.writeString(world.work().resolve("clock.next"), offset + "\n");
            Files.move(next, file(world), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    void inflict(World world) {
        set(world, jump);
    }

    /** Jumps back to where it was. */
    @Override
    void heal(World world) {
        set(world, "+0");
    }

    @Override
    boolean isAlone() {
        return true;
    }
}
