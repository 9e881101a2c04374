package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(100);

    @Test
    void roomEndsAtTheLimitAndComesBackBelowIt() {
        budget.take(99);
        assertTrue(budget.hasRoom());
        budget.take(1);
        assertFalse(budget.hasRoom());
        budget.release(1);
        assertTrue(budget.hasRoom());
    }

    @Test
    void whoWaitsIsCalledOnceWhenRoomComesBack() {
        AtomicInteger calls = new AtomicInteger();
        budget.take(150);
        budget.await(calls::incrementAndGet);
        budget.release(10);
        assertEquals(0, calls.get());
        budget.release(100);
        budget.release(40);
        assertEquals(1, calls.get());
    }

    /** A shard whose room another one took waits again at once; its caller, who has records to complete, must get away. */
    @Test
    void whoWaitsAgainIsNotCalledAgainInTheSameTurn() {
        int waiting = 1000;
        AtomicInteger calls = new AtomicInteger();
        for (int i = 0; i < waiting; i++) {
            new Object() {
                void again() {
                    calls.incrementAndGet();
                    budget.await(this::again);
                }
            }.again();
        }
        calls.set(0);
        budget.take(100);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> budget.release(1));
        assertEquals(waiting, calls.get());
    }
}
