package io.distributary.validate;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.distributary.diagnosis.Place;

/** Collects what is found, each thing once. Not thread-safe. */
public final class Problems {
    private final SortedSet<Problem> found = new TreeSet<>();

    public void error(Place place, String message) {
        found.add(new Problem(place, Severity.ERROR, message));
    }

    public void warning(Place place, String message) {
        found.add(new Problem(place, Severity.WARNING, message));
    }

    public void note(Place place, String message) {
        found.add(new Problem(place, Severity.NOTE, message));
    }

    /** Whether this file has an error. */
    public boolean hasErrors(String file) {
        return found.stream().anyMatch(problem -> problem.severity() == Severity.ERROR && problem.place().file().equals(file));
    }

    /** Sorted by place. */
    public List<Problem> all() {
        return List.copyOf(found);
    }
}
