package io.distributary.ddbstream.checkpoint.leased;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.checkpoint.CheckpointStore;
import io.distributary.ddbstream.checkpoint.CheckpointStoreContract;
import io.distributary.ddbstream.checkpoint.OwnershipLostException;
import org.junit.jupiter.api.Test;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What every store that several machines reach must do. */
abstract class LeasedStoreContract extends CheckpointStoreContract {
    /** Short, and long enough for a renewal under load. */
    private static final Duration LEASE = Duration.ofMillis(1500);
    private static final Duration NEVER_RENEWED = Duration.ofHours(1);

    abstract CheckpointStore store(String table, Duration lease);

    /** Deletes the lease, as a person might. */
    abstract void deleteLease();

    @Override
    protected final CheckpointStore store(String table) {
        return store(table, LEASE);
    }

    /** As after a pause of the whole process, with its last save on the way. */
    @Test
    void anOwnerThatNoLongerRenewsIsReplacedAndItsLateSaveIsRefused() {
        CheckpointStore stalled = opened(store(table(), NEVER_RENEWED));
        stalled.save(stream(), ALL, ALL.keySet());

        CheckpointStore next = opened();
        assertEquals(Optional.of(ALL), next.load(stream()));

        stalled.verifyOwnership(); // it does not know yet
        Map<String, Checkpoint> late = Map.of("s2", Checkpoint.after("999"));
        OwnershipLostException problem = assertThrows(OwnershipLostException.class,
                () -> stalled.save(stream(), late, late.keySet()));
        assertTrue(problem.getMessage().contains("were taken over by "), problem.getMessage());
        assertTrue(problem.getMessage().contains("process " + ProcessHandle.current().pid()), problem.getMessage());
        assertThrows(OwnershipLostException.class, stalled::verifyOwnership);
        assertEquals(Optional.of(ALL), next.load(stream()));

        stalled.close(); // which must not give up what it no longer has
        Map<String, Checkpoint> more = Map.of("s2", Checkpoint.after("500"));
        next.save(stream(), more, more.keySet());
    }

    @Test
    void anIdleOwnerLearnsOfItsLossByItself() {
        CheckpointStore idle = opened(store(table(), LEASE));
        deleteLease();
        opened(store(table(), Duration.ofMillis(30)));
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            try {
                idle.verifyOwnership();
                return false;
            } catch (OwnershipLostException e) {
                return true;
            }
        });
    }

    @Test
    void aLeaseThatAPersonDeletedIsTakenUpAgainByItsOwner() {
        CheckpointStore store = opened(store(table(), NEVER_RENEWED));
        deleteLease();
        store.save(stream(), ALL, ALL.keySet());
        assertEquals(Optional.of(ALL), store.load(stream()));
    }

    static void assertRetryable(Runnable call, String reason) {
        CheckpointException problem = assertThrows(CheckpointException.class, call::run);
        assertTrue(problem.isRetryable(), problem.getMessage());
        assertTrue(problem.getMessage().contains(reason), problem.getMessage());
    }

    static String assertDefinitive(Runnable call) {
        CheckpointException problem = assertThrows(CheckpointException.class, call::run);
        assertTrue(!problem.isRetryable(), problem.getMessage());
        return problem.getMessage();
    }
}
