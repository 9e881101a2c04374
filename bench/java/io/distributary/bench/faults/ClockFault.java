package io.distributary.bench.faults;

import io.distributary.bench.faults.Application.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of the application jumps, and later back. {@code bench/clock.c}, compiled by the machine's {@code cc} and preloaded, gives
 * the process a clock of its own; the monotonic one goes on, as it does where a person or NTP sets a clock.
 */
final class ClockFault extends Fault {
    private final long jumpSeconds;

    ClockFault(String name, long jumpSeconds) {
        super(name);
        this.jumpSeconds = jumpSeconds;
    }

    @Override
    Optional<String> missing() {
        try {
            return Commands.run(List.of("cc", "--version")).map(failure -> "no C compiler: " + failure);
        } catch (IOException e) {
            return Optional.of("no C compiler to make a clock of its own for the process");
        }
    }

    @Override
    Launch launch(World world) {
        var library = world.work().resolve("clock.so");
        try {
            var failure = Commands.run(List.of("cc", "-shared", "-fPIC", "-O1", "-o", library.toString(),
                    Path.of("bench", "clock.c").toAbsolutePath().toString(), "-ldl"));
            if (failure.isPresent()) {
                throw new IOException("bench/clock.c: " + failure.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        set(world, 0);
        return new Launch(List.of(), "256m", List.of(), Map.of("LD_PRELOAD", library.toString(), "FAULTS_CLOCK", file(world).toString()));
    }

    private static Path file(World world) {
        return world.work().resolve("clock");
    }

    private static void set(World world, long seconds) {
        var bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(seconds).flip();
        try (var channel = FileChannel.open(file(world), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(bytes, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void inflict(World world) {
        set(world, jumpSeconds);
    }

    @Override
    void heal(World world) {
        set(world, 0);
    }

    @Override
    boolean isAlone() {
        return true;
    }
}
