package io.distributary.diagnosis;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

import io.distributary.config.EditDistance;

/** The end of a message about a name that nothing knows. */
public final class Suggestion {
    /** More names than this do not help a reader. */
    private static final int LISTED_NAMES = 25;

    private Suggestion() {
    }

    /** "did you mean X?", or the known names where none is near. */
    public static String of(String name, Collection<String> known) {
        Optional<String> sameLetters = known.stream().filter(candidate -> candidate.equalsIgnoreCase(name)).findFirst();
        return sameLetters.or(() -> EditDistance.nearest(name, known))
                .map(nearest -> "did you mean " + nearest + "?")
                .orElseGet(() -> known.isEmpty() ? "none is known"
                        : "known are " + known.stream().sorted().limit(LISTED_NAMES).collect(Collectors.joining(", "))
                                + (known.size() > LISTED_NAMES ? ", ..." : ""));
    }
}
