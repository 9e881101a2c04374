package io.distributary.deadletter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** An exception and what caused it. */
final class Causes {
    private Causes() {
    }

    /** From the exception itself down to its root; a cycle of causes ends where it closes. */
    static List<Throwable> of(Throwable exception) {
        List<Throwable> chain = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = exception; cause != null && seen.add(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    /** The last of them. */
    static Throwable root(Throwable exception) {
        List<Throwable> chain = of(exception);
        return chain.get(chain.size() - 1);
    }
}
