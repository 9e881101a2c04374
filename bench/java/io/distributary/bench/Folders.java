package io.distributary.bench;

import io.distributary.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the benchmarks keep their files. */
final class Folders {
    private static final Path ALL = Path.of("target", "bench").toAbsolutePath();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private Folders() {
    }

    /** A stack with its files there. */
    static Sandbox sandbox() {
        return Sandbox.in(ALL);
    }

    /** A new folder for checkpoints. */
    static Path checkpoints() {
        return ALL.resolve("checkpoints-" + ProcessHandle.current().pid() + "-" + NEXT.getAndIncrement());
    }
}
