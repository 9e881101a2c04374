package io.distributary.config;

/** Refuses an endpoint's numbers that are out of range, all in the same words. */
public final class OptionRange {
    private OptionRange() {
    }

    /**
     * @param where names the endpoint, without secrets
     * @param min   the least that is allowed
     * @param max   the most; {@link Integer#MAX_VALUE} and {@link Long#MAX_VALUE} stand for no limit
     * @throws IllegalArgumentException says the option, its value and its range
     */
    public static void check(String where, String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(where + ": " + option + " is " + value + ", but must be "
                    + (max == Long.MAX_VALUE || max == Integer.MAX_VALUE ? "at least " + min : min + " to " + max));
        }
    }

    /** As {@link #check(String, String, long, long, long)}, without a limit upwards. */
    public static void check(String where, String option, long value, long min) {
        check(where, option, value, min, Long.MAX_VALUE);
    }
}
