package io.distributary.diagnosis;

import java.util.Optional;

/** Knows one family of failures. */
abstract class Recogniser {
    protected final Surroundings surroundings;

    Recogniser(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The diagnosis, or empty for another family's failure. */
    abstract Optional<Diagnosis> recognise(Failure failure);

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
