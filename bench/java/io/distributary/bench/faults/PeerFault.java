package io.distributary.bench.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** What happens between the application and one of its peers, or to the peer. */
final class PeerFault extends Fault {
    private static final Duration LATENCY = Duration.ofMillis(400);
    private static final Duration JITTER = Duration.ofMillis(100);
    private static final int BYTES_PER_SECOND = 512 * 1024;
    private static final int MOST_BYTES = 128 * 1024;
    private static final Duration BETWEEN_RESETS = Duration.ofMillis(300);

    /** What happens. */
    enum Kind {
        /** Slow, unsteady and narrow. */
        LATENCY,
        /** Each connection is cut after some bytes, with what it carries. */
        LOSS,
        /** Connections lose their other end, and nobody closes them. */
        HALF_OPEN,
        /** All connections are reset again and again. */
        RESETS,
        /** No connection is accepted, open ones are reset. */
        REFUSED,
        /** The server itself is stopped, and started again with its data. */
        STOPPED
    }

    private final Peer peer;
    private final Kind kind;
    private final Random random;
    private int resets;

    PeerFault(Peer peer, Kind kind, long seed) {
        super((peer + "-" + kind).toLowerCase(Locale.ROOT).replace('_', '-'));
        this.peer = peer;
        this.kind = kind;
        this.random = new Random(seed);
    }

    static List<Fault> all(long seed) {
        return Arrays.stream(Kind.values()).flatMap(kind -> Arrays.stream(Peer.values()).map(peer -> (Fault) new PeerFault(peer, kind, seed)))
                .toList();
    }

    @Override
    void inflict(World world) {
        var proxy = world.proxy(peer);
        switch (kind) {
            case LATENCY -> {
                proxy.latency(LATENCY);
                proxy.jitter(JITTER);
                proxy.bandwidth(BYTES_PER_SECOND);
            }
            case LOSS -> proxy.cutAfter(() -> random.nextInt(MOST_BYTES));
            case HALF_OPEN -> proxy.halfOpen(true);
            case RESETS -> world.repeat(BETWEEN_RESETS, () -> {
                resets++;
                proxy.resetAll();
            });
            case REFUSED -> proxy.down();
            case STOPPED -> world.server(peer).stop();
        }
    }

    @Override
    void heal(World world) throws InterruptedException {
        var proxy = world.proxy(peer);
        switch (kind) {
            case LATENCY -> {
                proxy.latency(Duration.ZERO);
                proxy.jitter(Duration.ZERO);
                proxy.bandwidth(0);
            }
            case LOSS -> proxy.cutAfter(null);
            case HALF_OPEN -> proxy.halfOpen(false);
            case RESETS -> world.stopRepeating();
            case REFUSED -> proxy.up();
            case STOPPED -> world.server(peer).start();
        }
    }

    @Override
    Optional<String> check() {
        return switch (kind) {
            case LATENCY, LOSS, RESETS -> Optional.empty(); // something goes through in between
            case HALF_OPEN, REFUSED, STOPPED -> Optional.of(peer.check());
        };
    }

    @Override
    int interruptions(World world) {
        return switch (kind) {
            case LOSS -> 1 + world.proxy(peer).cuts();
            case RESETS -> 1 + resets;
            case LATENCY, HALF_OPEN, REFUSED, STOPPED -> 1;
        };
    }
}
