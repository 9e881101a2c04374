package io.distributary.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a mistyped one was meant to be. */
public final class EditDistance {
    private EditDistance() {
    }

    /**
     * The nearest of the known names, if it is near enough to be meant: at most a third of its characters differ. One that
     * the name is the beginning of comes before it, unless the nearest is a single slip away.
     */
    public static Optional<String> nearest(String name, Collection<String> known) {
        Optional<String> nearest = known.stream()
                .min(Comparator.comparingInt((String candidate) -> between(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> between(name, candidate) <= Math.max(2, candidate.length() / 3));
        if (nearest.isPresent() && between(name, nearest.get()) <= 1) {
            return nearest;
        }
        return known.stream().filter(candidate -> candidate.startsWith(name)).min(Comparator.naturalOrder()).or(() -> nearest);
    }

    /** Levenshtein distance: how many characters to insert, delete or replace. */
    static int between(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
