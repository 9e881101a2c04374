package io.distributary.errors;

/**
 * What is done when the JVM has no memory left: nothing, where the application has not said otherwise. Whoever catches an {@link Error}
 * and goes on asks here first. One for the whole JVM, as its heap is. Thread-safe.
 */
public final class OutOfMemory {
    private static final int CAUSES = 10;

    private static volatile Runnable reaction = () -> { };

    private OutOfMemory() {
    }

    /** Says what is done, on the thread that met the error; may not return. */
    public static void then(Runnable newReaction) {
        reaction = newReaction;
    }

    /** Does it where this, or a cause of it, is an {@link OutOfMemoryError}. */
    public static void check(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < CAUSES && cause != null; i++) {
            if (cause instanceof OutOfMemoryError) {
                reaction.run();
                return;
            }
            cause = cause.getCause();
        }
    }
}
