package io.distributary.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

import io.distributary.preview.Draft;
import io.distributary.preview.OutsideStep;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Appends the message body to a file as one line and returns when it is on the disk. Camel's {@code file:} writes a line
 * and its end apart, without fsync.
 *
 * <p>Lines of several threads, routes and processes do not mix; those that wait at the same time share an fsync. A line that a
 * crash cut off is ended first, so it spoils no other; a line that cannot be written whole is taken back. The file is opened for
 * each write, so it may be moved away at any time.
 */
public final class LineFile implements Processor, OutsideStep {
    private static final ConcurrentMap<Path, Writers> WRITERS = new ConcurrentHashMap<>();

    private Path file;

    /** The file's path; its folder is made when absent. */
    public void setFile(String file) {
        this.file = Path.of(file).toAbsolutePath().normalize();
    }

    public String getFile() {
        return file.toString();
    }

    /** @throws IOException where the line is not on the disk */
    @Override
    public void process(Exchange exchange) throws Exception {
        append(exchange.getMessage().getMandatoryBody(String.class));
    }

    @Override
    public List<Draft> drafts(Exchange exchange) throws Exception {
        return List.of(new Draft("file:" + file, Map.of(), Map.of(),
                exchange.getMessage().getMandatoryBody(String.class).getBytes(StandardCharsets.UTF_8)));
    }

    void append(String line) throws IOException {
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("The body has a line end, and becomes one line of " + file + ": write JSON without any");
        }
        Line mine = new Line((line + '\n').getBytes(StandardCharsets.UTF_8));
        Writers writers = WRITERS.computeIfAbsent(file, key -> new Writers());
        writers.waiting.add(mine);
        writers.lock.lock(); // a FileLock keeps out other processes only
        try {
            if (!mine.tried) {
                appendWaiting(writers.waiting);
            }
        } finally {
            writers.lock.unlock();
        }
        if (!mine.written) {
            throw new IOException("Cannot append to " + file + ": " + mine.failure, mine.failure);
        }
    }

    /** Those who wait for the same file in this process. */
    private static final class Writers {
        private final ReentrantLock lock = new ReentrantLock();
        private final Queue<Line> waiting = new ConcurrentLinkedQueue<>();
    }

    /** Its outcome is guarded by the lock. */
    private static final class Line {
        private final byte[] bytes;
        private boolean tried;
        private boolean written;
        private Exception failure;

        Line(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** One fsync for all that wait; who waited finds its line written when the lock is free. */
    private void appendWaiting(Queue<Line> waiting) {
        List<Line> lines = new ArrayList<>();
        for (Line line = waiting.poll(); line != null; line = waiting.poll()) {
            lines.add(line);
        }
        Exception failure = null;
        try {
            Files.createDirectories(file.getParent());
            boolean created = !Files.exists(file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock ignored = channel.lock()) {
                append(channel, lines);
            }
            if (created) {
                syncFolder();
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        for (Line line : lines) {
            line.tried = true;
            line.written = failure == null;
            line.failure = failure;
        }
    }

    private static void append(FileChannel channel, List<Line> lines) throws IOException {
        long end = channel.size();
        try {
            channel.position(end);
            if (end > 0 && !endsWithNewline(channel, end)) {
                write(channel, new byte[] {'\n'});
            }
            for (Line line : lines) {
                write(channel, line.bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            try {
                channel.truncate(end);
            } catch (IOException truncating) {
                e.addSuppressed(truncating);
            }
            throw e;
        }
    }

    private static boolean endsWithNewline(FileChannel channel, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, end - 1);
        return last.get(0) == '\n';
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** A new file's name is durable only with its folder; Windows has no such thing. */
    private void syncFolder() throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }
}
