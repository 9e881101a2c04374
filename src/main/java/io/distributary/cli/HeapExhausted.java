package io.distributary.cli;

import io.distributary.diagnosis.ExitCode;
import io.distributary.errors.OutOfMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process where its heap is used up: whatever was being done is half done, and a JVM that goes on does not make progress.
 * Nothing is lost by that: what is not acknowledged is delivered again by the next start.
 */
final class HeapExhausted implements OutOfMemory, Thread.UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger("io.distributary");
    /** Made before it is needed: then there is no memory for it. */
    private static final String MESSAGE = "Out of memory with a heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB: the process"
            + " ends, and what is not acknowledged is delivered again by the next start. Give it more by -Xmx, or let less be in flight:"
            + " maxBufferedBytes, maxInFlight";

    @Override
    public void found(OutOfMemoryError error) {
        try {
            LOG.error(MESSAGE);
        } finally {
            // no hooks: they would finish what is in flight, and need memory
            Runtime.getRuntime().halt(ExitCode.FAILED.code());
        }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (thrown instanceof OutOfMemoryError error) {
            found(error);
        }
        LOG.error("Thread {} ended", thread.getName(), thrown);
    }
}
