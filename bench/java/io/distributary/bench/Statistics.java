package io.distributary.bench;

import java.util.Arrays;

/** Figures of a few measurements. */
final class Statistics {
    private Statistics() {
    }

    /** The middle one, or the mean of the two in the middle. */
    static double median(double... values) {
        var sorted = sorted(values);
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * The smallest value that at least this part of the values does not exceed (nearest rank).
     *
     * @param part above 0, at most 1: 0.99 for p99
     */
    static double percentile(double part, double... values) {
        if (!(part > 0 && part <= 1)) {
            throw new IllegalArgumentException("Not a part above 0 and up to 1: " + part);
        }
        var sorted = sorted(values);
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    static double min(double... values) {
        return sorted(values)[0];
    }

    static double max(double... values) {
        var sorted = sorted(values);
        return sorted[sorted.length - 1];
    }

    private static double[] sorted(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("No values");
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
