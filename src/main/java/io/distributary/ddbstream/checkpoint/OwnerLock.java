package io.distributary.ddbstream.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An operating system lock on a file whose text names the owner; it ends with the process, however that ends. */
final class OwnerLock {
    /** Locked far behind the text, so that the text stays readable where locks are mandatory (Windows). */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /** A backfill that makes sure of a position has it for as long as DynamoDB takes to answer some calls. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(50);

    /** Held by this process: a second channel on the file may not even be opened, for closing it would drop the lock. */
    private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private OwnerLock(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    static OwnerLock take(Path file, String application, String table) {
        return take(file, application, table, PATIENCE);
    }

    /** @param patience how long a lock of another process is waited for */
    static OwnerLock take(Path file, String application, String table, Duration patience) {
        String self = "process " + ProcessHandle.current().pid() + " since " + Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Path key = realPath(file);
        if (HELD.putIfAbsent(key, self) != null) {
            throw inUse(file, application, table, "another route of this process");
        }
        OwnerLock taken = null;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = lock(channel, patience);
            if (lock == null) {
                throw inUse(file, application, table, owner(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)), 0);
            taken = new OwnerLock(key, channel, lock);
            return taken;
        } catch (IOException e) {
            throw new CheckpointException("Cannot lock " + file + " (" + e + ").", e);
        } finally {
            if (taken == null) {
                closeQuietly(channel);
                HELD.remove(key);
            }
        }
    }

    /** Null where another process keeps it for longer than that. */
    private static FileLock lock(FileChannel channel, Duration patience) throws IOException {
        long since = System.nanoTime();
        FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
        while (lock == null && System.nanoTime() - since < patience.toNanos()) {
            try {
                Thread.sleep(LOOK.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
            lock = channel.tryLock(LOCKED_BYTE, 1, false);
        }
        return lock;
    }

    /** A folder that was deleted or replaced under a running process no longer keeps another process out. */
    void verify() throws IOException {
        if (!lock.isValid() || !Files.exists(file)) {
            throw new IOException("the lock file " + file + " has been removed");
        }
    }

    void release() {
        try {
            channel.truncate(0); // who looks at it sees that nobody has it
        } catch (IOException e) {
            // the lock is what counts, and ends with the channel
        }
        closeQuietly(channel);
        HELD.remove(file);
    }

    private static CheckpointsInUseException inUse(Path file, String application, String table, String owner) {
        return new CheckpointsInUseException("The checkpoints of application '" + application + "' for table '" + table
                + "' are in use" + (owner.isEmpty() ? "" : " by " + owner) + " (" + file
                + "): stop the other one, or give this route another applicationName or checkpointDirectory.");
    }

    private static Path realPath(Path file) {
        try {
            return file.getParent().toRealPath().resolve(file.getFileName());
        } catch (IOException e) {
            throw new CheckpointException("Cannot lock " + file + " (" + e + ").", e);
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(200);
        channel.read(text, 0);
        return StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // the lock ends with the channel either way
            }
        }
    }
}
