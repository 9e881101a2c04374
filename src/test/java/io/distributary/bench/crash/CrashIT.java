package io.distributary.bench.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.distributary.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code bench/crash}. Run one again with {@code -Dcrash.seed=N}. */
class CrashIT {
    private static final int KILLS = 5;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void aKilledApplicationLosesNothingAndRepeatsOnlyWhatWasNotCheckpointed() throws Exception {
        var seed = Long.getLong("crash.seed", new Random().nextInt(1_000_000_000));
        // of its own: the shared DynamoDB Local slows down as its streams grow, and every start here waits for it
        try (var sandbox = Sandbox.in(work)) {
            var result = new CrashRun(sandbox, work, KILLS, seed).run();
            var table = Crash.table(result, seed) + System.lineSeparator() + work;
            System.out.println(table);
            assertEquals(KILLS, result.kills(), table);
            assertTrue(result.verdict().good(), table);
        }
    }
}
