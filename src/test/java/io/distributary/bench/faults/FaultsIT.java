package io.distributary.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of {@code bench/faults}. Run one again with {@code -Dfaults.seed=N}; {@code -Dfaults.only=sqs} takes those whose names
 * contain that.
 */
class FaultsIT {
    /** One for each peer and each kind of trouble. Kills are CrashIT's. */
    private static final List<String> SHORT = List.of("dynamodb-refused", "sqs-stopped", "sns-loss", "nats-half-open", "opensearch-resets",
            "paused-file", "disk-full-dead-letters");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void nothingIsLostOrReorderedAndEachFaultIsToldAndOvercome() throws Exception {
        var seed = Long.getLong("faults.seed", new Random().nextInt(1_000_000_000));
        var only = System.getProperty("faults.only");
        var faults = Faults.all(seed).stream().filter(fault -> only == null ? SHORT.contains(fault.name()) : fault.name().contains(only)).toList();
        try (var stage = Stage.set(Path.of("").toAbsolutePath(), work)) {
            var figures = new Run(stage, seed, Length.SHORT, System.out::println).run(faults);
            var table = FiguresTable.table(figures) + System.lineSeparator() + "seed " + seed + ", logs: " + work;
            System.out.println(table);
            assertEquals(List.of(), figures.stream().filter(each -> !each.good()).map(FiguresTable::line).toList(), table);
        }
    }
}
