package io.distributary.deadletter;

import java.util.Iterator;

import org.apache.camel.util.ObjectHelper;

/** The exception at the bottom. */
final class RootCause {
    private RootCause() {
    }

    /** The last cause of an exception, itself where it has none; a cycle of causes ends where it closes. */
    static Throwable of(Throwable exception) {
        Throwable root = exception;
        for (Iterator<Throwable> causes = ObjectHelper.createExceptionIterable(exception).iterator(); causes.hasNext();) {
            root = causes.next();
        }
        return root;
    }
}
