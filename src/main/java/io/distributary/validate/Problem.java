package io.distributary.validate;

import java.util.Comparator;

import io.distributary.diagnosis.Place;

/**
 * Something in a person's files that is wrong, or worth knowing.
 *
 * @param message one line: what, and what to do about it; never a secret
 */
public record Problem(Place place, Severity severity, String message) implements Comparable<Problem> {
    private static final Comparator<Problem> ORDER = Comparator
            .comparing((Problem problem) -> problem.place().file())
            .thenComparing(problem -> problem.place().line())
            .thenComparing(problem -> problem.place().column())
            .thenComparing(Problem::severity, Comparator.reverseOrder())
            .thenComparing(Problem::message);

    public Problem {
        message = message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** By file and place in it. */
    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column: severity: message}. */
    @Override
    public String toString() {
        return place + ": " + severity + ": " + message;
    }
}
