package io.distributary.backfill;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import io.distributary.ddbstream.checkpoint.DurableFile;
import io.distributary.diagnosis.ConfigurationProblem;

/**
 * The progress of one backfill, on the disk before it counts; a crash leaves the old content or the new one. A lock on the file
 * beside it keeps a second process out, and ends with the process. Thread-safe.
 */
final class ProgressFile implements AutoCloseable {
    private final Path file;
    private final FileChannel lock;
    private Job job;
    private List<SegmentProgress> segments = List.of();

    private ProgressFile(Path file, FileChannel lock) {
        this.file = file;
        this.lock = lock;
    }

    /** @throws ConfigurationProblem where another process has it, or it cannot be read */
    static ProgressFile open(Path file) {
        FileChannel lock = lock(file);
        boolean opened = false;
        try {
            ProgressFile progress = new ProgressFile(file, lock);
            if (Files.exists(file)) {
                ProgressJson.Content content = ProgressJson.read(Files.readAllBytes(file));
                progress.job = content.job();
                progress.segments = new ArrayList<>(content.segments());
            }
            opened = true;
            return progress;
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationProblem("The progress file " + file + " cannot be read (" + e.getMessage()
                    + "): name another one with --state FILE, or begin anew with --restart");
        } finally {
            if (!opened) {
                release(lock);
            }
        }
    }

    /** Forgets what it holds, readable or not. Throws as {@link #open}. */
    static ProgressFile anew(Path file) {
        return new ProgressFile(file, lock(file));
    }

    private static FileChannel lock(Path file) {
        try {
            Path absolute = file.toAbsolutePath();
            Files.createDirectories(absolute.getParent());
            FileChannel channel = FileChannel.open(absolute.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock taken = null;
            try {
                taken = channel.tryLock();
            } catch (OverlappingFileLockException inThisProcess) {
                taken = null;
            } finally {
                if (taken == null) {
                    channel.close();
                }
            }
            if (taken == null) {
                throw new ConfigurationProblem("Another backfill is at work with the progress file " + file
                        + ": wait for its end, or name another file with --state FILE");
            }
            return channel;
        } catch (IOException e) {
            throw new ConfigurationProblem("The progress file " + file + " cannot be written (" + e + "): name another one with --state FILE");
        }
    }

    /** Whose progress it is; empty before {@link #begin}. */
    synchronized Optional<Job> job() {
        return Optional.ofNullable(job);
    }

    synchronized void begin(Job begun) throws IOException {
        job = begun;
        segments = new ArrayList<>(Collections.nCopies(begun.segments(), SegmentProgress.NONE));
        save();
    }

    synchronized SegmentProgress segment(int number) {
        return segments.get(number);
    }

    synchronized List<SegmentProgress> segments() {
        return List.copyOf(segments);
    }

    /** When this returns it survives a crash. */
    synchronized void advance(int number, SegmentProgress progress) throws IOException {
        segments.set(number, progress);
        save();
    }

    synchronized boolean complete() {
        return job != null && segments.stream().allMatch(SegmentProgress::done);
    }

    private void save() throws IOException {
        DurableFile.replace(file.toAbsolutePath(), ProgressJson.write(job, segments));
    }

    @Override
    public void close() {
        release(lock);
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException endsWithTheChannel) {
            // either way
        }
    }
}
