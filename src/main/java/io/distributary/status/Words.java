package io.distributary.status;

import java.util.Locale;

/** Numbers as people read them. */
public final class Words {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Words() {
    }

    /** A duration by its two largest units: {@code 850 ms}, {@code 12 s}, {@code 13 min 49 s}, {@code 3 d 4 h}; null for null. */
    public static String duration(Long milliseconds) {
        if (milliseconds == null) {
            return null;
        }
        long ms = milliseconds;
        if (ms < SECOND) {
            return ms + " ms";
        } else if (ms < MINUTE) {
            return ms / SECOND + " s";
        } else if (ms < HOUR) {
            return two(ms, MINUTE, "min", SECOND, "s");
        }
        return ms < DAY ? two(ms, HOUR, "h", MINUTE, "min") : two(ms, DAY, "d", HOUR, "h");
    }

    private static String two(long ms, long large, String largeUnit, long small, String smallUnit) {
        long rest = ms % large / small;
        return ms / large + " " + largeUnit + (rest == 0 ? "" : " " + rest + " " + smallUnit);
    }

    /** A rate: {@code 0}, {@code 0.4}, {@code 412}, {@code 18,900}. */
    public static String rate(double perSecond) {
        return perSecond == 0 ? "0" : String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%,.0f", perSecond);
    }

    /** A number with its noun: {@code 1 dead letter}, {@code 3 dead letters}. */
    public static String count(long n, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", n, noun, n == 1 ? "" : "s");
    }
}
