package io.distributary.routes.live;

import java.time.Duration;

/**
 * When a change on disk may be judged: editors write in pieces, empty a file before they write it, or take it away first.
 *
 * @param look      how often the files are read
 * @param quiet     without a further change for this long, what looks whole is taken for whole
 * @param longQuiet what looks broken or gone is given this long: it may only be half-written
 */
record Settling(Duration look, Duration quiet, Duration longQuiet) {
    /** Together well below two seconds, and longer than an editor pauses while it writes. */
    static final Settling DEFAULT = new Settling(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofSeconds(1));

    /**
     * @param unchanged  since when nothing has changed on disk
     * @param suspicious whether a file is broken or gone that was good
     */
    boolean settled(Duration unchanged, boolean suspicious) {
        return unchanged.compareTo(suspicious ? longQuiet : quiet) >= 0;
    }
}
