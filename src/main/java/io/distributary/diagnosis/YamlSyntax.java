package io.distributary.diagnosis;

import java.util.Optional;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What a YAML parser found wrong, and where. */
public final class YamlSyntax {
    private YamlSyntax() {
    }

    /** What it was doing, and what it found. */
    public static String reason(MarkedYamlEngineException failure) {
        return (failure.getContext() == null ? "" : failure.getContext() + ", ") + failure.getProblem();
    }

    /** An unclosed quote is found at the end of the file: where it was opened says more. */
    public static Optional<Place> place(MarkedYamlEngineException failure) {
        boolean atEnd = failure.getProblem() != null && failure.getProblem().contains("unexpected end of stream");
        Optional<Mark> mark = atEnd ? failure.getContextMark().or(failure::getProblemMark)
                : failure.getProblemMark().or(failure::getContextMark);
        return mark.map(at -> new Place(Place.file(at.getName()), at.getLine() + 1, at.getColumn() + 1));
    }
}
