package io.distributary.ops;

import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DeadlockCheckTest {
    private final DeadlockCheck check = new DeadlockCheck();
    private final ReentrantLock one = new ReentrantLock();
    private final ReentrantLock other = new ReentrantLock();
    private final CyclicBarrier bothHold = new CyclicBarrier(2);

    @Test
    void threadsThatWaitForEachOtherAreNamedAndNoOthers() throws Exception {
        assertEquals(HealthCheck.State.UP, check.call().getState());
        Thread first = circle("reader-1", one, other);
        Thread second = circle("reader-2", other, one);
        await().atMost(Duration.ofSeconds(60)).until(() -> check.call().getState() == HealthCheck.State.DOWN);
        String message = check.call().getMessage().orElseThrow();
        assertTrue(message.endsWith(": reader-1, reader-2"), message);
        first.interrupt(); // what waits for a lock can be interrupted, a deadlock of monitors could not
        first.join();
        second.join();
        assertEquals(HealthCheck.State.UP, check.call().getState());
    }

    private Thread circle(String name, ReentrantLock held, ReentrantLock wanted) {
        Thread thread = new Thread(() -> {
            held.lock();
            try {
                bothHold.await();
                wanted.lockInterruptibly();
                wanted.unlock();
            } catch (Exception e) {
                Thread.currentThread().interrupt();
            } finally {
                held.unlock();
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
