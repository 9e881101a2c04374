package io.distributary.deadletter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
 * <p>Lines of several threads, routes and processes do not mix. A line that a crash cut off is ended first, so it spoils
 * no other; a line that cannot be written whole is taken back.
 */
public final class DeadLetterFile implements Processor, OutsideStep {
    private static final ConcurrentMap<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private Path file;

    /** The file's path; its folder is made when absent. */
    public void setFile(String file) {
        this.file = Path.of(file).toAbsolutePath().normalize();
    }

    public String getFile() {
        return file.toString();
    }

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
        byte[] bytes = (line + '\n').getBytes(StandardCharsets.UTF_8);
        Files.createDirectories(file.getParent());
        boolean created = !Files.exists(file);
        ReentrantLock lock = LOCKS.computeIfAbsent(file, key -> new ReentrantLock());
        lock.lock(); // a FileLock keeps out other processes only
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock ignored = channel.lock()) {
            append(channel, bytes);
        } finally {
            lock.unlock();
        }
        if (created) {
            syncFolder();
        }
    }

    private static void append(FileChannel channel, byte[] line) throws IOException {
        long end = channel.size();
        try {
            channel.position(end);
            if (end > 0 && !endsWithNewline(channel, end)) {
                write(channel, new byte[] {'\n'});
            }
            write(channel, line);
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
