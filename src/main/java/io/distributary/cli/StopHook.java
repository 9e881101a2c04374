package io.distributary.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.LoggerFactory;

/** While it is open, Ctrl-C and SIGTERM stop a piece of work, and the process ends when that is closed. */
final class StopHook implements AutoCloseable {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    StopHook(String name, Runnable stop) {
        hook = new Thread(() -> {
            stop.run();
            try {
                ended.await(RoutesMain.SHUTDOWN_TIMEOUT, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, name);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException ending) {
            stop.run();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            LoggerFactory.getLogger("io.distributary").debug("Ending already", ending);
        }
    }
}
