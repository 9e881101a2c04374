package io.distributary.ddbstream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import io.distributary.ddbstream.checkpoint.FileCheckpointStore;
import io.distributary.ddbstream.shard.DescribePace;
import io.distributary.ddbstream.shard.EngineListener;
import io.distributary.ddbstream.shard.EngineSettings;
import io.distributary.ddbstream.shard.GapPolicy;
import io.distributary.ddbstream.shard.LocalEngine;
import io.distributary.ddbstream.shard.StartPosition;
import io.distributary.ddbstream.shard.StreamFinder;
import io.distributary.ddbstream.shard.StreamsClient;
import io.distributary.ddbstream.shard.TableStream;
import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangePage;
import io.distributary.event.StreamSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.SequenceNumberRange;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A thousand open shards on the threads of one consumer. */
class ManyShardsTest {
    private static final int SHARDS = 1000;
    private static final int RECORDS_EACH = 20;
    private static final int READERS = 4;
    private static final int WORKERS = 8;
    private static final TableStream STREAM = new TableStream("thousand",
            "arn:aws:dynamodb:eu-west-1:1:table/thousand/stream/2026-01-01T00:00:00.000", "pk", null);

    @TempDir
    Path checkpoints;

    @Test
    void aThousandShardsAreAllReadOnFewThreadsAndNoneStarves() throws Exception {
        DdbStreamConfiguration options = new DdbStreamConfiguration();
        options.setTableName(STREAM.tableName());
        options.setReaders(READERS);
        options.setWorkers(WORKERS);
        AtomicIntegerArray delivered = new AtomicIntegerArray(SHARDS);
        Shards shards = new Shards();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            EngineThreads threads = new EngineThreads(context.getExecutorServiceManager(), options, new DescribePace());
            EngineSettings settings = new EngineSettings("test", StartPosition.FROM_START, null, 100, 256, 64L << 20, Duration.ZERO,
                    Duration.ofMillis(50), Duration.ofMillis(250), Duration.ofSeconds(10), Duration.ofSeconds(1), GapPolicy.FAIL);
            LocalEngine engine = new LocalEngine(STREAM.tableName(), settings, threads, shards, shards,
                    new FileCheckpointStore(checkpoints, "test", STREAM.tableName()), (event, done) -> {
                        delivered.incrementAndGet(Shards.number(event.source().shardId()));
                        done.accept(null);
                    }, EngineListener.NONE);
            try {
                engine.start();
                await().atMost(Duration.ofSeconds(60)).until(() -> IntStream.range(1, SHARDS)
                        .allMatch(shard -> delivered.get(shard) == RECORDS_EACH));
                assertEquals(SHARDS, engine.status().shards().size());
                List<String> own = Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                        .filter(name -> name.contains("DdbStream") && name.contains(STREAM.tableName())).toList();
                // one for the checkpoints, one for the time
                assertTrue(own.size() <= READERS + WORKERS + 2, own::toString);
                assertTrue(own.size() > READERS, own::toString);
                assertEquals(1, shards.mostReaders.get(), "readers of one shard at the same time");
                int busy = delivered.get(0);
                await().atMost(Duration.ofSeconds(30)).until(() -> delivered.get(0) > busy + 1000);
            } finally {
                engine.stop();
                threads.stop();
            }
        }
    }

    /** Open shards with a few records each, but for the first, which never runs out of them. */
    private static final class Shards implements StreamsClient, StreamFinder {
        private final AtomicIntegerArray readers = new AtomicIntegerArray(SHARDS);
        private final AtomicInteger mostReaders = new AtomicInteger();

        static int number(String shardId) {
            return Integer.parseInt(shardId.substring("shardId-".length()));
        }

        private static Shard shard(int number) {
            return Shard.builder().shardId("shardId-%05d".formatted(number))
                    .sequenceNumberRange(SequenceNumberRange.builder().startingSequenceNumber("1").build()).build();
        }

        @Override
        public StreamDescription describeStream(String streamArn, String exclusiveStartShardId) {
            int from = exclusiveStartShardId == null ? 0 : number(exclusiveStartShardId) + 1;
            int to = Math.min(SHARDS, from + 100);
            List<Shard> page = IntStream.range(from, to).mapToObj(Shards::shard).toList();
            return StreamDescription.builder().streamStatus(StreamStatus.ENABLED).shards(page)
                    .lastEvaluatedShardId(to == SHARDS ? null : page.get(page.size() - 1).shardId()).build();
        }

        @Override
        public String getShardIterator(String streamArn, String shardId, ShardIteratorType type, String sequenceNumber) {
            return number(shardId) + "/0";
        }

        @Override
        public ChangePage getRecords(String shardIterator, int limit, StreamSource source) {
            String[] parts = shardIterator.split("/");
            int shard = Integer.parseInt(parts[0]);
            int from = Integer.parseInt(parts[1]);
            int reading = readers.incrementAndGet(shard);
            mostReaders.accumulateAndGet(reading, Math::max);
            int to = shard == 0 ? from + limit : Math.min(RECORDS_EACH, from + limit);
            List<ChangeEvent> changes = IntStream.range(from, to)
                    .mapToObj(index -> ChangeEvent.of(record(shard, index), source)).toList();
            readers.decrementAndGet(shard);
            return new ChangePage(changes, shard + "/" + to);
        }

        private static Record record(int shard, int index) {
            return Record.builder().eventID(shard + "-" + index).eventName(OperationType.INSERT).dynamodb(change -> change
                    .sequenceNumber(Integer.toString(index + 1)).sizeBytes(100L)
                    .keys(Map.of("pk", AttributeValue.fromS(shard + "-" + index)))).build();
        }

        @Override
        public TableStream find() {
            return STREAM;
        }

        @Override
        public Optional<String> resumable(Set<String> checkpointed) {
            return Optional.empty();
        }

        @Override
        public Optional<TableStream> describe(String streamArn) {
            return Optional.of(STREAM);
        }

        @Override
        public Optional<TableStream> after(String streamArn) {
            return Optional.empty();
        }

        @Override
        public String noneAfter(String streamArn) {
            return "not switched off";
        }
    }
}
