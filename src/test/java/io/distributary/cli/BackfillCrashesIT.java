package io.distributary.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.distributary.diagnosis.ExitCode;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * A table that is written to, its route and its backfill in processes of their own, both killed at random: in the end the index is
 * the table. The items that were there before are in no stream: only the backfill can bring them.
 * {@code -Dbackfill.crashes=N} kills each N times, {@code -Dbackfill.seed=N} runs one again.
 */
@WithSandbox({Service.DYNAMODB, Service.OPENSEARCH})
class BackfillCrashesIT {
    private static final int CRASHES = Integer.getInteger("backfill.crashes", 1);
    private static final int ITEMS = 700 * CRASHES;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @TempDir
    private Path folder;

    private volatile boolean writing = true;
    private volatile boolean serving = true;

    @Test
    void theIndexIsTheTableInTheEnd(Stack stack) throws Exception {
        long seed = Long.getLong("backfill.seed", new Random().nextLong());
        System.out.println("-Dbackfill.seed=" + seed);
        Random random = new Random(seed);
        BackfillFolder a = new BackfillFolder(stack, Stack.uniqueName("crashes"), folder, Service.DYNAMODB, Service.OPENSEARCH);
        // slow enough that a page takes longer to deliver than to read: kills find it half delivered
        a.route("", """
                - delay: {expression: {constant: {expression: "60"}}, asyncDelayed: "true"}
                - to: {uri: "kamelet:distributary-opensearch-sink", parameters: {index: %1$s, indexTemplate: %1$s}}""".formatted(a.name));
        a.table(ITEMS, StreamViewType.NEW_AND_OLD_IMAGES);
        Map<String, String> environment = stack.environment(Service.DYNAMODB, Service.OPENSEARCH);
        boolean routeFirst = random.nextBoolean();
        Random writers = new Random(random.nextLong());
        Random killer = new Random(random.nextLong());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> written = threads.submit(() -> write(a, writers));
            Future<?> routes = routeFirst ? threads.submit(() -> route(environment, killer)) : null;
            for (int run = 0; run <= CRASHES; run++) {
                backfill(a, environment, random, run < CRASHES);
                if (routes == null) {
                    routes = threads.submit(() -> route(environment, killer)); // the position is stored
                }
            }
            writing = false;
            written.get(60, TimeUnit.SECONDS);
            Future<?> reading = routes;
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).failFast(() -> {
                if (reading.isDone()) {
                    reading.get(); // says why
                }
            }).untilAsserted(() -> assertEquals(a.items(), a.documents()));
            serving = false;
            routes.get(120, TimeUnit.SECONDS);
            assertEquals(a.items(), a.documents(), "after the route has ended too");
        } finally {
            writing = false;
            serving = false;
            threads.shutdownNow();
            assertTrue(threads.awaitTermination(120, TimeUnit.SECONDS));
        }
    }

    /** Puts, changes and removals of items that were there before, and of new ones. */
    private void write(BackfillFolder a, Random random) {
        for (int version = 1; writing; version++) {
            String pk = random.nextInt(4) == 0 ? "new-" + random.nextInt(50) : "item-" + random.nextInt(ITEMS);
            if (random.nextInt(4) == 0) {
                a.delete(pk);
            } else {
                a.put(pk, version);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2 + random.nextInt(10)));
        }
    }

    /** Killed so many times, then left running until it is asked to end. */
    private Void route(Map<String, String> environment, Random random) throws Exception {
        for (int run = 0; serving; run++) {
            try (PackagedJar route = PackagedJar.start(folder, environment, "--kamelets", Path.of("kamelets").toAbsolutePath().toString())) {
                route.await(line -> line.contains("Distributary") && line.contains("started in"));
                if (run < CRASHES) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(4_000)));
                    continue; // kill -9
                }
                while (serving && route.isRunning()) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
                assertTrue(route.isRunning(), () -> route.lines().toString());
                route.terminate();
                assertEquals(143, route.exitCode(), () -> route.lines().toString());
            }
        }
        return null;
    }

    /** A machine that is busy may let it end before it is killed. */
    private void backfill(BackfillFolder a, Map<String, String> environment, Random random, boolean kill) throws Exception {
        Path progress = folder.resolve("data/backfill/a." + a.name + ".json");
        String before = Files.exists(progress) ? Files.readString(progress) : "";
        try (PackagedJar backfill = PackagedJar.start(folder, environment, "backfill", a.name, "--route", "a", "--rate", "7", "--in-flight", "16",
                "--kamelets", Path.of("kamelets").toAbsolutePath().toString())) {
            if (kill) {
                await().atMost(PATIENCE).until(() -> !backfill.isRunning() || Files.exists(progress) && !Files.readString(progress).equals(before));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_500)));
                if (backfill.isRunning()) {
                    return; // kill -9
                }
            }
            backfill.await(line -> line.contains("items done"));
            assertEquals(ExitCode.OK.code(), backfill.exitCode(), () -> backfill.lines().toString());
        }
    }
}
