package io.distributary.status;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.distributary.ddbstream.StoredLag;
import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.StoredProgress;

/**
 * What a checkpoint store knows of all applications, as {@code status --checkpoints --json} prints it; names there are those here in
 * snake case. docs/commands/status.md describes the fields.
 *
 * @param progressVersion raised when a field changes its meaning or goes
 * @param problems        what could not be read
 */
public record Progress(int progressVersion, String now, String store, List<Table> tables, List<String> problems) {
    static final int VERSION = 1;

    /** One application's checkpoints of one table. */
    public record Table(String application, String table, Owner owner, int ended, List<Shard> shards) {
    }

    /** Who has them: state HELD, LAPSED or FREE. */
    public record Owner(String state, String name, String since, String until) {
    }

    /** A shard that is not at SHARD_END. */
    public record Shard(String streamArn, String id, String checkpoint, String savedAt, Long ageMs, Long lagMs, String lag, String lagProblem) {
    }

    /** @param next the first change behind a checkpoint; null where the streams are not to be asked */
    public static Progress of(StoredProgress stored, Function<StoredProgress.Shard, StoredLag.Next> next, Instant at) {
        Instant now = at.truncatedTo(ChronoUnit.MILLIS);
        Map<String, List<StoredProgress.Shard>> shards = new TreeMap<>();
        stored.owners().forEach(owner -> shards.put(key(owner.application(), owner.table()), new ArrayList<>()));
        stored.checkpoints().forEach(shard -> shards.computeIfAbsent(key(shard.application(), shard.table()), any -> new ArrayList<>()).add(shard));
        List<Table> tables = shards.entrySet().stream().map(entry -> table(entry.getKey(), entry.getValue(), stored, next, now)).toList();
        return new Progress(VERSION, now.toString(), stored.place(), tables, stored.problems());
    }

    /** A table's name has no newline. */
    private static String key(String application, String table) {
        return application + "\n" + table;
    }

    private static Table table(String key, List<StoredProgress.Shard> shards, StoredProgress stored,
            Function<StoredProgress.Shard, StoredLag.Next> next, Instant now) {
        String application = key.substring(0, key.lastIndexOf('\n'));
        String table = key.substring(key.lastIndexOf('\n') + 1);
        Owner owner = stored.owners().stream().filter(each -> each.application().equals(application) && each.table().equals(table)).findFirst()
                .map(each -> new Owner(each.state().name(), each.owner(), text(each.since()), text(each.until())))
                .orElse(new Owner(StoredProgress.State.FREE.name(), null, null, null));
        List<Shard> open = shards.stream().filter(shard -> !shard.checkpoint().isShardEnd())
                .sorted((one, other) -> one.shardId().compareTo(other.shardId())).map(shard -> shard(shard, next, now)).toList();
        return new Table(application, table, owner, shards.size() - open.size(), open);
    }

    private static Shard shard(StoredProgress.Shard shard, Function<StoredProgress.Shard, StoredLag.Next> next, Instant now) {
        StoredLag.Next behind = next == null ? null : next.apply(shard);
        Long lag = behind == null || behind.problem() != null ? null : behind.created() == null ? Long.valueOf(0) : since(behind.created(), now);
        Checkpoint checkpoint = shard.checkpoint();
        return new Shard(shard.streamArn(), shard.shardId(), checkpoint.text(), text(shard.savedAt()),
                shard.savedAt() == null ? null : since(shard.savedAt(), now), lag, Words.duration(lag), behind == null ? null : behind.problem());
    }

    private static Long since(Instant time, Instant now) {
        return Math.max(0, Duration.between(time, now).toMillis());
    }

    private static String text(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
