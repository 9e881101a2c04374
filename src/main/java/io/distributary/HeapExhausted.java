package io.distributary;

import io.distributary.diagnosis.ExitCode;
import io.distributary.errors.OutOfMemory;
import org.slf4j.LoggerFactory;

/**
 * Ends the process where its heap is used up: whatever was being done is half done, and a JVM that goes on makes no progress. Nothing
 * is lost by that: what is not acknowledged is delivered again by the next start.
 */
final class HeapExhausted {
    /** Made before it is needed: then there is no memory for it. */
    private static final String MESSAGE = "Out of memory with a heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB: the process"
            + " ends, and what is not acknowledged is delivered again by the next start. Give it more by -Xmx, or let less be in flight:"
            + " maxBufferedBytes, maxInFlight, maxResultsPerRequest";

    private HeapExhausted() {
    }

    /** From now on, for this process. */
    static void endsTheProcess() {
        OutOfMemory.then(HeapExhausted::end);
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            OutOfMemory.check(thrown);
            LoggerFactory.getLogger("io.distributary").error("Thread {} ended", thread.getName(), thrown);
        });
    }

    private static void end() {
        try {
            // looked up now: the first logger must not be made before the logging is configured
            LoggerFactory.getLogger("io.distributary").error(MESSAGE);
        } finally {
            // no hooks: they would finish what is in flight, and need memory
            Runtime.getRuntime().halt(ExitCode.FAILED.code());
        }
    }
}
