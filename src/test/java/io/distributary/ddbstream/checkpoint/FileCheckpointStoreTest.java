package io.distributary.ddbstream.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FileCheckpointStoreTest extends CheckpointStoreContract {
    private static final String STREAM =
            "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000";

    @TempDir
    Path directory;

    private CheckpointStore store;

    @Override
    protected CheckpointStore store(String table) {
        return new FileCheckpointStore(directory, APPLICATION, table);
    }

    @Override
    protected StoredProgress progress() {
        return FileProgress.read(directory);
    }

    @Test
    void anOwnerThatDiedAndFilesThatCannotBeReadAreSaid() throws IOException {
        store = opened();
        store.save(STREAM, ALL, ALL.keySet());
        store.close();
        Files.writeString(directory.resolve("fan-out--orders.lock"), "process 999999999 since 2026-01-01T00:00:00Z");
        Files.writeString(directory.resolve("broken.json"), "{");
        StoredProgress look = progress();
        assertEquals(StoredProgress.State.LAPSED, look.owners().get(0).state());
        assertEquals(ALL.size(), look.checkpoints().size());
        assertEquals(1, look.problems().size());
        assertTrue(look.problems().get(0).contains("broken.json cannot be read (it is not whole JSON"), look.problems().get(0));
        CheckpointException absent = assertThrows(CheckpointException.class, () -> FileProgress.read(directory.resolve("absent")));
        assertTrue(absent.getMessage().contains("there is no such folder"), absent.getMessage());
    }

    @Test
    void theFileIsNamedForPeople() {
        store = opened();
        store.save(STREAM, ALL, ALL.keySet());
        assertTrue(Files.exists(directory.resolve("fan-out--orders--2026-01-01T00-00-00.000.json")));
    }

    @Test
    void aCrashInTheMiddleOfAWriteLeavesTheLastCheckpoints() throws IOException {
        store = opened();
        store.save(STREAM, ALL, ALL.keySet());
        store.close();
        Path file = file();
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[]{0, 1, whole.length / 2, whole.length - 1}) {
            Files.write(file.resolveSibling(file.getFileName() + ".tmp"), Arrays.copyOf(whole, length));
            store = opened();
            assertEquals(Optional.of(ALL), store.load(STREAM));
            Map<String, Checkpoint> next = Map.of("s2", Checkpoint.after("500"));
            store.save(STREAM, next, next.keySet());
            assertEquals(Optional.of(next), store.load(STREAM));
            store.save(STREAM, ALL, ALL.keySet());
            store.close();
        }
    }

    @Test
    void aTruncatedFileIsAnErrorAtEveryLengthNeverAFreshStart() throws IOException {
        store = opened();
        store.save(STREAM, ALL, ALL.keySet());
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length - 1; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            CheckpointException problem = assertThrows(CheckpointException.class, () -> store.load(STREAM), "length " + length);
            assertTrue(problem.getMessage().contains(file().toString()), problem.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "nonsense", "{\"version\":2,\"streamArn\":\"a\",\"shards\":{}}",
            "{\"version\":1,\"shards\":{}}", "{\"version\":1,\"streamArn\":\"a\",\"shards\":{\"s\":{}}}",
            "{\"version\":1,\"streamArn\":\"a\",\"shards\":{\"s\":{\"checkpoint\":\"MIDDLE\"}}}",
            "{\"version\":1,\"streamArn\":\"a\",\"shards\":{\"s\":{\"checkpoint\":\"LATEST\"}}}"})
    void whatIsNoCheckpointFileIsRefusedWithItsName(String content) throws IOException {
        store = opened();
        store.save(STREAM, ALL, ALL.keySet());
        Files.writeString(file(), content);
        CheckpointException problem = assertThrows(CheckpointException.class, () -> store.load(STREAM));
        assertTrue(problem.getMessage().startsWith("Cannot read the checkpoint file " + file()), problem.getMessage());
        assertFalse(problem.getMessage().contains("Exception"), problem.getMessage());
    }

    @Test
    void checkpointsOfAnotherStreamAreRefused() throws IOException {
        store = opened();
        store.save(STREAM, ALL, ALL.keySet());
        String other = STREAM.replace("eu-west-1", "us-east-1");
        CheckpointException problem = assertThrows(CheckpointException.class, () -> store.load(other));
        assertTrue(problem.getMessage().contains("belongs to the stream " + STREAM), problem.getMessage());
    }

    @Test
    void aSecondOwnerInThisProcessIsRefusedAndTheFirstKeepsItsLock() {
        store = opened();
        CheckpointException problem = assertThrows(CheckpointException.class, this::openAnother);
        assertTrue(problem.getMessage().contains("in use by another route of this process"), problem.getMessage());
        assertTrue(problem.getMessage().contains("applicationName"), problem.getMessage());
        store.close();
        opened();
    }

    @Test
    void aSecondProcessIsRefusedAndToldWhoOwnsTheCheckpoints() throws Exception {
        Process other = owner();
        try (InputStream output = other.getInputStream()) {
            assertEquals("owned\n", new String(output.readNBytes(6)));
            CheckpointException problem = assertThrows(CheckpointException.class, this::opened);
            assertTrue(problem.getMessage().contains("in use by process " + other.pid()), problem.getMessage());
        } finally {
            other.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        opened(); // a killed owner leaves nothing locked
    }

    /** As a backfill does while it makes sure of a position. */
    @Test
    void anOwnerThatLetsGoIsWaitedFor() throws Exception {
        Process other = owner();
        try (InputStream output = other.getInputStream()) {
            assertEquals("owned\n", new String(output.readNBytes(6)));
            Path lock = directory.resolve("fan-out--orders.lock");
            CompletableFuture<OwnerLock> taken = CompletableFuture.supplyAsync(() -> OwnerLock.take(lock, "fan-out", "orders",
                    Duration.ofSeconds(60)));
            assertThrows(TimeoutException.class, () -> taken.get(200, TimeUnit.MILLISECONDS));
            other.destroyForcibly();
            taken.get(60, TimeUnit.SECONDS).release();
        } finally {
            other.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
    }

    private Process owner() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Owner.class.getName(), directory.toString())
                .redirectErrorStream(true).start();
    }

    /** Owns the checkpoints until it is killed. */
    static final class Owner {
        public static void main(String[] arguments) throws Exception {
            new FileCheckpointStore(Path.of(arguments[0]), "fan-out", "orders").open();
            System.out.print("owned\n");
            System.out.flush();
            Thread.currentThread().join();
        }
    }

    @Test
    void aFolderThatWasRemovedUnderTheOwnerIsReportedByTheSave() throws IOException {
        store = opened();
        store.save(STREAM, ALL, ALL.keySet());
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        CheckpointException problem = assertThrows(CheckpointException.class, () -> store.save(STREAM, ALL, ALL.keySet()));
        assertTrue(problem.getMessage().contains("has been removed"), problem.getMessage());
    }

    @Test
    void aFolderThatCannotBeMadeIsReported() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        CheckpointException problem = assertThrows(CheckpointException.class,
                () -> new FileCheckpointStore(file.resolve("sub"), "fan-out", "orders").open());
        assertTrue(problem.getMessage().startsWith("Cannot create the checkpoint directory " + file), problem.getMessage());
    }

    @Test
    void differentNamesNeverShareAFile() {
        assertNotEquals(FileNames.escape("a--b") + "--" + FileNames.escape("c"),
                FileNames.escape("a") + "--" + FileNames.escape("b--c"));
        assertEquals("a%2Fb", FileNames.escape("a/b"));
        assertEquals("%C3%BC", FileNames.escape("\u00fc"));
        assertEquals("orders-fan-out", FileNames.escape("orders-fan-out"));
    }

    private void openAnother() {
        new FileCheckpointStore(directory, "fan-out", "orders").open();
    }

    private Path file() {
        return directory.resolve("fan-out--orders--2026-01-01T00-00-00.000.json");
    }
}
