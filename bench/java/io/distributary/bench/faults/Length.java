package io.distributary.bench.faults;

/** How long faults last: as in the build, as by default, or as with {@code --long}. */
enum Length {
    SHORT, NORMAL, LONG
}
