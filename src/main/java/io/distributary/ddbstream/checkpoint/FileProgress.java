package io.distributary.ddbstream.checkpoint;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the checkpoint files of a folder, locking none of them. */
public final class FileProgress {
    private static final Pattern OWNER = Pattern.compile("process (\\d{1,10}) since (\\S+)");

    private FileProgress() {
    }

    private record Pair(String application, String table) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            int byName = application.compareTo(other.application);
            return byName == 0 ? table.compareTo(other.table) : byName;
        }
    }

    /** @throws CheckpointException where the folder cannot be read */
    public static StoredProgress read(Path directory) {
        List<StoredProgress.Shard> shards = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Set<Pair> pairs = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
            for (Path file : files) {
                try {
                    read(file, shards, pairs);
                } catch (IOException e) {
                    problems.add("The checkpoint file " + file + " cannot be read (" + e.getMessage() + ")");
                }
            }
        } catch (IOException e) {
            throw new CheckpointException("The checkpoint directory " + directory.toAbsolutePath().normalize() + " cannot be read ("
                    + (Files.exists(directory) ? e.getMessage() : "there is no such folder") + "): name the one of checkpointDirectory.", e);
        }
        List<StoredProgress.Owner> owners = new ArrayList<>();
        for (Pair pair : pairs) {
            owners.add(owner(directory, pair, problems));
        }
        return new StoredProgress("folder " + directory, owners, shards, problems);
    }

    private static void read(Path file, List<StoredProgress.Shard> shards, Set<Pair> pairs) throws IOException {
        CheckpointJson.Content content = CheckpointJson.read(Files.readAllBytes(file));
        Instant saved = Files.getLastModifiedTime(file).toInstant();
        pairs.add(new Pair(content.application(), content.table()));
        content.shards().forEach((shardId, checkpoint) -> shards.add(new StoredProgress.Shard(content.application(), content.table(),
                content.streamArn(), shardId, checkpoint, saved)));
    }

    /** Trying the lock would keep a starting owner out for that moment, so the process it names is looked for. */
    private static StoredProgress.Owner owner(Path directory, Pair pair, List<String> problems) {
        Path lock = directory.resolve(FileNames.escape(pair.application()) + "--" + FileNames.escape(pair.table()) + ".lock");
        String text;
        try {
            text = Files.exists(lock) ? Files.readString(lock).strip() : "";
        } catch (IOException e) {
            problems.add("The lock file " + lock + " cannot be read (" + e.getMessage() + ")");
            text = "";
        }
        Matcher owner = OWNER.matcher(text);
        if (!owner.matches()) {
            return new StoredProgress.Owner(pair.application(), pair.table(), text.isEmpty() ? null : text, StoredProgress.State.FREE, null, null);
        }
        Instant since = instant(owner.group(2));
        boolean runs = since != null && ProcessHandle.of(Long.parseLong(owner.group(1))).filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant()).filter(start -> !start.isAfter(since.plusSeconds(1))).isPresent();
        return new StoredProgress.Owner(pair.application(), pair.table(), text, runs ? StoredProgress.State.HELD : StoredProgress.State.LAPSED,
                since, null);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
