package io.distributary.sandbox;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Finds a nats-server, as {@link ProgramFinder} says; {@code $NATS_SERVER} names one. */
final class NatsServerBinary {
    static final ProgramFinder.Wanted WANTED = new ProgramFinder.Wanted("nats-server", "nats-server", "NATS_SERVER",
            Pattern.compile("v2\\.(9|\\d\\d+)\\."), "nats-server 2.9 or newer", "https://github.com/nats-io/nats-server/releases");

    private NatsServerBinary() {
    }

    /** @throws SandboxException saying what to do, if there is none and none can be fetched */
    static Path find() {
        return ProgramFinder.find(WANTED);
    }
}
