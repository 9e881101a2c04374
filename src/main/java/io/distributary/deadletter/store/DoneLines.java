package io.distributary.deadletter.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

import io.distributary.event.Sha256;

/**
 * Which lines of FILE are done with, in FILE.done: a line for each with its offset and hash, on the disk before it counts. The
 * hash, as FILE may be moved away and another begin. Locked, so that one process at a time works on FILE. Thread-safe.
 */
final class DoneLines implements AutoCloseable {
    private static final int HASH = 16;

    private final Path path;
    private final FileChannel channel;
    private final Set<String> ids = new HashSet<>();

    private DoneLines(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws IllegalArgumentException where another process works on the file, or the folder cannot be written */
    static DoneLines of(Path file) {
        Path path = file.resolveSibling(file.getFileName() + ".done");
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (!lock(channel)) {
                    throw new IllegalArgumentException(file + " is being worked on by another process, which has locked " + path);
                }
                DoneLines lines = new DoneLines(path, channel);
                lines.read();
                return lines;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot write " + path + ", which says what is done with of " + file + ": " + e, e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(); // held until the channel is closed
            return lock != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    private void read() throws IOException {
        String text = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        int whole = text.lastIndexOf('\n') + 1; // what a crash cut off does not count
        text.substring(0, whole).lines().forEach(ids::add);
        channel.truncate(whole).position(whole);
    }

    static String id(LineReader.Line line) {
        return line.offset() + " " + Sha256.hex(line.bytes()).substring(0, HASH);
    }

    synchronized boolean contains(String id) {
        return ids.contains(id);
    }

    /** On the disk when it returns. */
    synchronized void add(String id) {
        if (ids.contains(id)) {
            return;
        }
        try {
            ByteBuffer line = ByteBuffer.wrap((id + '\n').getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
            ids.add(id);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
