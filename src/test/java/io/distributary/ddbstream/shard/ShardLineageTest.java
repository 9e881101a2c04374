package io.distributary.ddbstream.shard;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.distributary.ddbstream.checkpoint.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Shards are written as {@code child<parent}, closed ones with a dot: {@code a. b<a}. */
class ShardLineageTest {
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    static Stream<Arguments> plans() {
        return Stream.of(
                arguments("a stream without shards", "", "", "", "", ""),
                arguments("a root starts at its oldest record", "a", "", "", "a=TRIM_HORIZON", ""),
                arguments("only roots start", "a. b<a c<b", "", "", "a=TRIM_HORIZON", ""),
                arguments("an open parent holds its child back too", "a b<a", "", "", "a=TRIM_HORIZON", ""),
                arguments("an unfinished parent holds its child back", "a. b<a", "a=7", "", "a=7", ""),
                arguments("a finished parent lets both children start", "a. b<a c<a", "a=SHARD_END", "",
                        "b=TRIM_HORIZON c=TRIM_HORIZON", ""),
                arguments("a finished shard is not read again", "a.", "a=SHARD_END", "", "", ""),
                arguments("a shard goes on at its checkpoint", "a. b<a", "a=SHARD_END b=12", "", "b=12", ""),
                arguments("a finished parent may be gone", "b<a", "a=SHARD_END", "", "b=TRIM_HORIZON", ""),
                arguments("a parent never heard of must be looked for", "b<a", "", "", "", "a"),
                arguments("a parent that stays missing counts as finished", "b<a", "", "a", "b=TRIM_HORIZON", ""),
                arguments("a started child needs no parent", "b<a", "b=12", "", "b=12", ""),
                arguments("an unfinished shard that is not listed is still read", "b<a", "a=7", "", "a=7", ""),
                arguments("a missing parent that is unfinished holds its child back", "b<a", "a=7", "a", "a=7", ""),
                arguments("the child may be listed first", "b<a a.", "", "", "a=TRIM_HORIZON", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void readsParentsFirst(String name, String shards, String checkpoints, String missing, String readable, String unknown) {
        ShardLineage.Plan plan = ShardLineage.plan(shards(shards), checkpoints(checkpoints), set(missing));
        assertEquals(checkpoints(readable), plan.readable());
        assertEquals(set(unknown), plan.unknownParents());
    }

    static Stream<Arguments> firstStarts() {
        return Stream.of(
                arguments("an open shard starts at latest", "a", "a=LATEST"),
                arguments("a closed shard is passed over", "a. b<a", "a=SHARD_END b=LATEST"),
                arguments("a parent that is gone is passed over", "b<a", "a=SHARD_END b=LATEST"),
                arguments("the child of an open shard waits for it", "a b<a", "a=LATEST"),
                arguments("both children of a split start", "a. b<a c<a", "a=SHARD_END b=LATEST c=LATEST"),
                arguments("nothing is listed", "", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("firstStarts")
    void firstStartAtLatest(String name, String shards, String checkpoints) {
        assertEquals(checkpoints(checkpoints), ShardLineage.firstCheckpoints(shards(shards), StartPosition.FROM_LATEST, NOW));
    }

    @Test
    void firstStartAtTheOldestNeedsNoCheckpoint() {
        assertEquals(Map.of(), ShardLineage.firstCheckpoints(shards("a. b<a"), StartPosition.FROM_START, NOW));
    }

    @Test
    void forgetsOnlyShardsThatEndedLongAgoAndAreGone() {
        Map<String, Checkpoint> checkpoints = Map.of("gone", Checkpoint.shardEnd(NOW.minusSeconds(10)),
                "listed", Checkpoint.shardEnd(NOW.minusSeconds(10)), "young", Checkpoint.shardEnd(NOW),
                "unfinished", Checkpoint.after("7"));
        assertEquals(Set.of("gone"), ShardLineage.forgettable(shards("listed."), checkpoints, NOW));
    }

    private static List<ListedShard> shards(String text) {
        return words(text).map(word -> {
            String[] parts = word.split("<");
            boolean closed = parts[0].endsWith(".");
            return new ListedShard(parts[0].replace(".", ""), parts.length > 1 ? parts[1] : null, closed);
        }).toList();
    }

    private static Map<String, Checkpoint> checkpoints(String text) {
        Map<String, Checkpoint> checkpoints = new LinkedHashMap<>();
        words(text).map(word -> word.split("=")).forEach(pair -> checkpoints.put(pair[0], switch (pair[1]) {
            case "TRIM_HORIZON" -> Checkpoint.trimHorizon();
            case "LATEST" -> Checkpoint.latest(NOW);
            case "SHARD_END" -> Checkpoint.shardEnd(NOW);
            default -> Checkpoint.after(pair[1]);
        }));
        return checkpoints;
    }

    private static Set<String> set(String text) {
        return Set.copyOf(words(text).toList());
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty());
    }
}
