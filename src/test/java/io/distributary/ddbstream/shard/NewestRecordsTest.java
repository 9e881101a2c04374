package io.distributary.ddbstream.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangePage;
import io.distributary.event.StreamSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;

/** Where the newest records of a stream are, and where an open shard ends, of which the API does not tell. */
class NewestRecordsTest {
    private static final int ENDLESS = 10_000;
    /** Of pages that an open shard is polled for until it counts as quiet. */
    private static final int QUIET_PAGES = (int) NewestRecords.QUIET.dividedBy(NewestRecords.PAUSE);

    private final FakeStream stream = new FakeStream(this::now);
    private StreamsClient client = stream;
    private Duration passed = Duration.ZERO;
    private Runnable onPause = () -> { };
    private int polls;

    private Instant now() {
        return Instant.parse("2026-01-01T00:00:00Z").plus(passed);
    }

    private List<String> newest(int count) {
        return new NewestRecords(client, FakeStream.TABLE, count, () -> passed.toNanos(), pause -> {
            passed = passed.plus(pause);
            onPause.run();
        }).read().stream().map(ChangeEvent::itemKey).toList();
    }

    /** So many of the next pages of records are empty, those of the LATEST iterator included. */
    private void emptyPages(int pages) {
        int[] left = {pages};
        stream.emptyRecordPage = () -> left[0]-- > 0;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 15, 19})
    void emptyPagesOfAnOpenShardMayHaveRecordsBehindThem(int pages) {
        String shard = stream.addShard(null);
        IntStream.range(0, 3).forEach(item -> stream.put(shard, "item-" + item, 1));
        emptyPages(2 * pages);
        assertEquals(List.of("item-1", "item-2"), newest(2));
        assertTrue(passed.compareTo(NewestRecords.QUIET.multipliedBy(2)) <= 0, passed.toString());
    }

    @Test
    void whatIsWrittenMeanwhileShowsThatTheEndIsFurtherOn() {
        String shard = stream.addShard(null);
        stream.put(shard, "before", 1);
        boolean[] wrote = {false};
        onPause = () -> {
            if (!wrote[0]) {
                wrote[0] = true;
                stream.put(shard, "meanwhile", 1);
            }
        };
        client = new StreamsClient() {
            @Override
            public StreamDescription describeStream(String streamArn, String exclusiveStartShardId) {
                return stream.describeStream(streamArn, exclusiveStartShardId);
            }

            @Override
            public String getShardIterator(String streamArn, String shardId, ShardIteratorType type, String sequenceNumber) {
                return (type == ShardIteratorType.LATEST ? "" : "sparse ") + stream.getShardIterator(streamArn, shardId, type, sequenceNumber);
            }

            @Override
            public ChangePage getRecords(String shardIterator, int limit, StreamSource source) {
                return shardIterator.startsWith("sparse ") && ++polls < 10 * QUIET_PAGES ? new ChangePage(List.of(), shardIterator)
                        : stream.getRecords(shardIterator.replace("sparse ", ""), limit, source);
            }
        };
        assertEquals(List.of("before", "meanwhile"), newest(5));
    }

    @Test
    void aShardThatIsWrittenToAllTheTimeHasAnEnd() {
        String shard = stream.addShard(null);
        IntStream.range(0, 50).forEach(item -> stream.put(shard, "item-" + item, 1));
        stream.pageLimit = 20;
        stream.fault = (call, shardId) -> {
            assertTrue(++polls < ENDLESS, "it does not end");
            stream.put(shard, "busy", polls);
            passed = passed.plusSeconds(30);
        };
        assertEquals(List.of("busy", "busy"), newest(2));
    }

    @Test
    void aClosedShardIsReadToItsEndHoweverManyPagesAreEmpty() {
        String shard = stream.addShard(null);
        IntStream.range(0, 3).forEach(item -> stream.put(shard, "item-" + item, 1));
        stream.close(shard, 0);
        emptyPages(10 * QUIET_PAGES);
        assertEquals(List.of("item-0", "item-1", "item-2"), newest(5));
    }

    @Test
    void theNewestMayBeInTheParentOfAnEmptyShard() {
        String old = stream.addShard(null);
        String parent = stream.addShard(null);
        stream.put(old, "old-1", 1);
        stream.put(old, "old-2", 1);
        stream.put(parent, "new-1", 1);
        stream.put(parent, "new-2", 1);
        stream.close(parent, 2);
        assertEquals(List.of("new-1", "new-2"), newest(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aParentThatCanHoldNoneOfThemIsNotRead(int count) {
        String parent = stream.addShard(null);
        stream.put(parent, "old", 1);
        String child = stream.close(parent, 1).get(0);
        stream.put(child, "new", 1);
        assertEquals(count == 1 ? List.of("new") : List.of("old", "new"), newest(count));
        assertEquals(count == 1 ? Set.of(child) : Set.of(child, parent), read());
    }

    private Set<String> read() {
        return stream.calls().stream().filter(call -> call.startsWith("getRecords ")).map(call -> call.substring("getRecords ".length()))
                .collect(Collectors.toSet());
    }

    @Test
    void aStreamWithoutRecordsHasNone() {
        stream.addShard(null);
        assertEquals(List.of(), newest(3));
    }
}
