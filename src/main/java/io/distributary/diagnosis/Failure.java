package io.distributary.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;

/** A failure with its causes, outermost first. */
record Failure(List<Throwable> causes) {
    static Failure of(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return new Failure(causes);
    }

    /** The innermost cause of this type: the one that says most. */
    <T extends Throwable> Optional<T> innermost(Class<T> type) {
        return causes.stream().filter(type::isInstance).map(type::cast).reduce((outer, inner) -> inner);
    }

    Throwable root() {
        return causes.get(causes.size() - 1);
    }

    /** The route that could not be created or started. */
    Optional<String> routeId() {
        return causes.stream()
                .map(cause -> cause instanceof FailedToCreateRouteException create ? create.getRouteId()
                        : cause instanceof FailedToStartRouteException start ? start.getRouteId()
                        : null)
                .filter(id -> id != null)
                .reduce((outer, inner) -> inner);
    }
}
