package io.distributary.ddbstream.checkpoint;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checkpoints in one JSON file per application and stream: {@code orders-fanout--orders--<stream label>.json}.
 *
 * <p>A save writes a temporary file, forces it to disk, renames it over the old one and forces the folder, so a crash
 * at any instant leaves the old or the new file, whole. A file that cannot be read is an error, never a fresh start.
 * Ownership is an operating system lock on {@code orders-fanout--orders.lock}, which ends with the process.
 */
public final class FileCheckpointStore implements CheckpointStore {
    private static final String SUFFIX = ".json";

    private final Path directory;
    private final String application;
    private final String table;
    private final String prefix;
    private OwnerLock lock;

    public FileCheckpointStore(Path directory, String application, String table) {
        this.directory = Objects.requireNonNull(directory, "directory").toAbsolutePath().normalize();
        this.application = Objects.requireNonNull(application, "application");
        this.table = Objects.requireNonNull(table, "table");
        this.prefix = FileNames.escape(application) + "--" + FileNames.escape(table);
    }

    @Override
    public void open() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new CheckpointException("Cannot create the checkpoint directory " + directory + " (" + reason(e)
                    + "): make it writable or set checkpointDirectory to a folder that is.", e);
        }
        lock = OwnerLock.take(directory.resolve(prefix + ".lock"), application, table);
    }

    @Override
    public Set<String> streams() {
        Set<String> arns = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory,
                file -> file.getFileName().toString().startsWith(prefix + "--") && file.toString().endsWith(SUFFIX))) {
            for (Path file : files) {
                arns.add(read(file).streamArn());
            }
        } catch (IOException e) {
            throw new CheckpointException("Cannot list the checkpoint directory " + directory + " (" + reason(e) + ").", e);
        }
        return arns;
    }

    @Override
    public Optional<Map<String, Checkpoint>> load(String streamArn) {
        Path file = file(streamArn);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        CheckpointJson.Content content = read(file);
        if (!content.streamArn().equals(streamArn)) {
            throw new CheckpointException("The checkpoint file " + file + " belongs to the stream " + content.streamArn()
                    + ", not to " + streamArn + ": use another applicationName or checkpointDirectory for each.");
        }
        return Optional.of(content.shards());
    }

    @Override
    public void save(String streamArn, Map<String, Checkpoint> all, Set<String> changed) {
        Path file = file(streamArn);
        try {
            if (lock == null) {
                throw new IOException("the store is closed");
            }
            lock.verify();
            DurableFile.replace(file, CheckpointJson.write(application, table, streamArn, all));
        } catch (IOException e) {
            throw new CheckpointException("Cannot write the checkpoint file " + file + " (" + reason(e) + ").", e);
        }
    }

    @Override
    public void close() {
        if (lock != null) {
            lock.release();
            lock = null;
        }
    }

    private static CheckpointJson.Content read(Path file) {
        try {
            return CheckpointJson.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CheckpointException("Cannot read the checkpoint file " + file + ": " + reason(e)
                    + ". Restore it from a backup, or delete it to start the stream as if for the first time "
                    + "(with streamIteratorType=FROM_START to repeat the last 24 hours rather than lose any).", e);
        }
    }

    /** The stream's label, its creation time, tells streams of one table apart. */
    private Path file(String streamArn) {
        String label = streamArn.substring(streamArn.lastIndexOf('/') + 1);
        return directory.resolve(prefix + "--" + FileNames.escape(label.replace(':', '-')) + SUFFIX);
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "no such file: " + e.getMessage()
                : e.getClass() == IOException.class ? e.getMessage() : e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
