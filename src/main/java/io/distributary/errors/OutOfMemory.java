package io.distributary.errors;

import org.apache.camel.CamelContext;

/** What is done when a step of a route finds no memory left. Nothing, where the application has not said otherwise. */
@FunctionalInterface
public interface OutOfMemory {
    /** Called with each such error, on the thread that met it. */
    void found(OutOfMemoryError error);

    /** The context's. */
    static OutOfMemory of(CamelContext context) {
        OutOfMemory own = context.getCamelContextExtension().getContextPlugin(OutOfMemory.class);
        return own != null ? own : error -> { };
    }
}
