package io.distributary.event;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Some records of a batch failed, and which: thrown by a target that took the others. The source delivers only those
 * again, as Lambda does for {@code ReportBatchItemFailures}; it finds this exception anywhere among the causes of an
 * exchange's failure.
 */
public class BatchItemFailuresException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, Throwable> failures;

    /**
     * @param failures by event id or sequence number, at least one; a reason may be null
     * @throws IllegalArgumentException where there are none: then nothing has failed
     */
    public BatchItemFailuresException(Map<String, ? extends Throwable> failures) {
        super(message(failures), failures.values().iterator().next());
        this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /** Why each failed, by event id or sequence number, in the order given; a reason may be null. */
    public Map<String, Throwable> failures() {
        return failures;
    }

    /** The first of this type among an exception and its causes, or null. */
    public static BatchItemFailuresException find(Throwable exception) {
        if (exception == null) {
            return null;
        }
        Set<Throwable> seen = new HashSet<>(); // causes can close a circle
        for (Throwable cause = exception; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof BatchItemFailuresException found) {
                return found;
            }
        }
        return null;
    }

    private static String message(Map<String, ? extends Throwable> failures) {
        if (failures.isEmpty()) {
            throw new IllegalArgumentException("A batch without failed records has not failed");
        }
        Map.Entry<String, ? extends Throwable> first = failures.entrySet().iterator().next();
        return failures.size() + " of the batch's records failed, first " + first.getKey()
                + (first.getValue() == null ? "" : ": " + first.getValue());
    }
}
