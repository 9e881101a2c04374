package io.distributary.bench.faults;

import io.distributary.bench.faults.Application.Launch;
import io.distributary.bench.faults.Writer.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The disk that holds the checkpoint files and the dead letter file is full or read-only. It is a small tmpfs in a mount namespace
 * of the application's own, so it takes Linux and util-linux, and no rights on the machine.
 */
final class DiskFault extends Fault {
    private static final Shape WITH_DEAD_LETTERS = new Shape(150, 200, 40);
    private static final String FILLER = "filler";

    /** What the disk does, and whether dead letters have to go there. */
    enum Kind {
        FULL_CHECKPOINTS, FULL_DEAD_LETTERS, READ_ONLY_CHECKPOINTS, READ_ONLY_DEAD_LETTERS;

        private boolean full() {
            return this == FULL_CHECKPOINTS || this == FULL_DEAD_LETTERS;
        }

        private boolean deadLetters() {
            return this == FULL_DEAD_LETTERS || this == READ_ONLY_DEAD_LETTERS;
        }
    }

    private final Kind kind;
    private int lettersRead;

    private DiskFault(Kind kind) {
        super("disk-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        this.kind = kind;
    }

    static List<Fault> all() {
        return Arrays.stream(Kind.values()).map(kind -> (Fault) new DiskFault(kind)).toList();
    }

    @Override
    Optional<String> missing() {
        try {
            return Commands.run(unshare("mount -t tmpfs -o size=1m none /mnt")).map(reason -> "no mount namespace with a tmpfs: " + reason);
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static List<String> unshare(String script) {
        return List.of("unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh");
    }

    @Override
    Launch launch(World world) {
        var data = world.work().resolve("data");
        List<String> before = new ArrayList<>(unshare("mkdir -p '" + data + "' && mount -t tmpfs -o size=1m none '" + data + "' && exec \"$@\""));
        return new Launch(before, "256m", List.of(), Map.of("DEAD_LETTER_URI",
                "kamelet:distributary-dead-letter-file-sink?file=data/dead-letters.jsonl"));
    }

    @Override
    Shape shape() {
        return kind.deadLetters() ? WITH_DEAD_LETTERS : super.shape();
    }

    @Override
    Optional<String> check() {
        return Optional.of("consumer:");
    }

    @Override
    void inflict(World world) throws IOException {
        if (kind.full()) {
            fill(inside(world).resolve(FILLER));
        } else {
            // over it, as what is open for writing keeps a file system from being made read-only
            mount(world, "mount --bind . . && mount -o remount,bind,ro \"$PWD\"");
        }
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var block = new byte[512];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    @Override
    void heal(World world) throws IOException {
        if (kind.full()) {
            Files.delete(inside(world).resolve(FILLER));
        } else {
            mount(world, "umount --lazy \"$PWD\"");
        }
    }

    /** The disk as this process sees it, through the application's mounts. */
    private static Path inside(World world) {
        return Path.of("/proc/" + world.application().pid() + "/root" + world.work().resolve("data"));
    }

    private static void mount(World world, String script) throws IOException {
        var command = List.of("nsenter", "--target", Long.toString(world.application().pid()), "--user", "--preserve-credentials", "--mount",
                "sh", "-c", "cd '" + world.work().resolve("data") + "' && " + script);
        var failure = Commands.run(command);
        if (failure.isPresent()) {
            throw new IOException(script + ": " + failure.get());
        }
    }

    @Override
    void collect(World world) throws IOException {
        var file = inside(world).resolve("dead-letters.jsonl");
        if (Files.exists(file)) {
            var lines = Files.readAllLines(file);
            lines.subList(lettersRead, lines.size()).stream().filter(line -> line.endsWith("}")).map(DeadLetterLine::of)
                    .forEach(world.deliveries()::add);
            lettersRead = lines.size();
        }
    }

    @Override
    Duration hold(Length length) {
        return Duration.ofSeconds(length == Length.LONG ? 30 : 6);
    }

    @Override
    boolean isAlone() {
        return true;
    }
}
