package io.distributary.routes.live;

import java.time.Duration;

/** When a change on disk may be judged: editors write in pieces, empty a file before they write it, or take it away first. */
final class Settling {
    /** Without a further change for this long, what looks whole is taken for whole. */
    static final Duration QUIET = Duration.ofMillis(400);
    /** What looks broken or gone is given this long: it may only be half-written. */
    static final Duration LONG_QUIET = Duration.ofSeconds(1);

    private Settling() {
    }

    /**
     * @param unchanged  since when nothing has changed on disk
     * @param suspicious whether a file is broken or gone that was good
     */
    static boolean settled(Duration unchanged, boolean suspicious) {
        return unchanged.compareTo(suspicious ? LONG_QUIET : QUIET) >= 0;
    }
}
