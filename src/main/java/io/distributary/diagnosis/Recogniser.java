package io.distributary.diagnosis;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

import io.distributary.config.EditDistance;

/** Knows one family of failures. */
abstract class Recogniser {
    /** More names than this do not help a reader. */
    private static final int LISTED_NAMES = 25;

    protected final Surroundings surroundings;

    Recogniser(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The diagnosis, or empty for another family's failure. */
    abstract Optional<Diagnosis> recognise(Failure failure);

    /** "did you mean X?", or the known names where none is near. */
    static String suggestion(String name, Collection<String> known) {
        Optional<String> sameLetters = known.stream().filter(candidate -> candidate.equalsIgnoreCase(name)).findFirst();
        return sameLetters.or(() -> EditDistance.nearest(name, known))
                .map(nearest -> "did you mean " + nearest + "?")
                .orElseGet(() -> known.isEmpty() ? "none is known"
                        : "known are " + known.stream().sorted().limit(LISTED_NAMES).collect(Collectors.joining(", "))
                                + (known.size() > LISTED_NAMES ? ", ..." : ""));
    }

    /** "file:line:column: route x: " as far as it is known; {@code word} is what to look for in the route's file. */
    String where(Failure failure, String word) {
        Optional<String> route = failure.routeId();
        return route.flatMap(surroundings::fileOf).map(file -> Place.in(file, word) + ": ").orElse("") + route(route);
    }

    /** "file: route x: " as far as it is known. */
    String where(Failure failure) {
        Optional<String> route = failure.routeId();
        return route.flatMap(surroundings::fileOf).map(file -> file + ": ").orElse("") + route(route);
    }

    private String route(Optional<String> id) {
        return id.map(known -> surroundings.nameOf(known) + ": ").orElse("");
    }
}
