package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.distributary.event.StreamSource;
import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangePage;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

/**
 * A scripted DynamoDB stream that keeps the API's rules: an iterator lives 15 minutes and is a position, not a promise;
 * LATEST means the moment of the call; only the last page of a closed shard has no next iterator; listings have pages; a
 * shard has two readers at most.
 */
final class FakeStream implements StreamsClient {
    static final TableStream TABLE = new TableStream("orders",
            "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000", "pk", null);
    private static final Duration ITERATOR_LIFE = Duration.ofMinutes(15);
    /** Of one shard at the same time; a third one is throttled. */
    private static final int MAX_READERS = 2;

    /** What a call may do before it answers: throw, or look at what is asked. */
    @FunctionalInterface
    interface Fault {
        void before(String call, String shardId);
    }

    /** @param reader the GetShardIterator call that it goes back to */
    private record Iterator(String shardId, int index, Instant issued, int reader) {
    }

    private final Supplier<Instant> clock;
    private final String name;
    private final Map<String, FakeShard> shards = new LinkedHashMap<>();
    private final Map<String, Iterator> iterators = new HashMap<>();
    private final Map<String, String> shardOfItem = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private long nextSequenceNumber;
    private int nextShard;
    int shardsPerPage = 100;
    /** So many of the next listing pages hold nothing and stay where they are. */
    int emptyPages;
    int pageLimit = Integer.MAX_VALUE;
    /** True for a page of records that is to be empty although there are some. */
    BooleanSupplier emptyRecordPage = () -> false;
    /** True for a shard that the listing that begins now is to lack. */
    Predicate<String> hidden = shardId -> false;
    private final Set<String> hiddenNow = new HashSet<>();
    private final List<Record> trimmed = new ArrayList<>();
    private int readers;
    private int mostReaders;
    private int written;
    private boolean disabled;
    private boolean gone;
    Fault fault = (call, shardId) -> {
    };

    FakeStream(Supplier<Instant> clock) {
        this(clock, "", 95);
    }

    /** @param name goes into the ids of shards and iterators */
    FakeStream(Supplier<Instant> clock, String name, long firstSequenceNumber) {
        this.clock = clock;
        this.name = name;
        this.nextSequenceNumber = firstSequenceNumber;
    }

    // ---- the writers' side
    String addShard(String parent) {
        String id = "shardId-%s%05d".formatted(name, nextShard++);
        shards.put(id, new FakeShard(parent));
        return id;
    }

    /** Closes a shard and gives it children; its items go on in the first or the second. */
    List<String> close(String shardId, int children) {
        shards.get(shardId).closed = true;
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < children; i++) {
            ids.add(addShard(shardId));
        }
        shardOfItem.replaceAll((item, at) -> at.equals(shardId) && children > 0
                ? ids.get(Math.floorMod(item.hashCode(), children)) : at);
        return ids;
    }

    /** Switches the stream off: its shards are closed, and readable on. */
    void disable() {
        disabled = true;
        shards.values().forEach(shard -> shard.closed = true);
    }

    /** Lets it vanish, as 24 hours after it was switched off. */
    void vanish() {
        gone = true;
        shards.clear();
    }

    boolean disabled() {
        return disabled;
    }

    boolean gone() {
        return gone;
    }

    long nextSequenceNumber() {
        return nextSequenceNumber;
    }

    boolean issued(String shardIterator) {
        return iterators.containsKey(shardIterator);
    }

    /** Writes the n-th change of an item into the shard that holds it. */
    String put(String item, int n) {
        String shardId = shardOfItem.computeIfAbsent(item, key -> {
            List<String> open = openShards();
            return open.get(Math.floorMod(key.hashCode(), open.size()));
        });
        return put(shardId, item, n);
    }

    String put(String shardId, String item, int n) {
        shardOfItem.put(item, shardId);
        written++;
        String sequenceNumber = Long.toString(nextSequenceNumber++);
        shards.get(shardId).records.add(Record.builder().eventID("e" + sequenceNumber).eventName(OperationType.MODIFY)
                .dynamodb(StreamRecord.builder().sequenceNumber(sequenceNumber).sizeBytes(100L)
                        .approximateCreationDateTime(clock.get().truncatedTo(ChronoUnit.SECONDS))
                        .keys(Map.of("pk", AttributeValue.fromS(item)))
                        .newImage(Map.of("pk", AttributeValue.fromS(item), "n", AttributeValue.fromN(Integer.toString(n))))
                        .build())
                .build());
        return sequenceNumber;
    }

    /** Lets the retention overtake the first {@code count} records. */
    void trim(String shardId, int count) {
        FakeShard shard = shards.get(shardId);
        if (count > shard.trimmed) {
            trimmed.addAll(shard.records.subList(shard.trimmed, count));
            shard.trimmed = count;
        }
    }

    /** Every record that the retention has overtaken. */
    List<Record> trimmed() {
        return trimmed;
    }

    void remove(String shardId) {
        trim(shardId, shards.get(shardId).records.size());
        shards.remove(shardId);
    }

    Set<String> shards() {
        return shards.keySet();
    }

    /** How many records have been written to a shard. */
    int size(String shardId) {
        return shards.get(shardId).records.size();
    }

    boolean isClosed(String shardId) {
        return shards.get(shardId).closed;
    }

    void setListed(String shardId, boolean listed) {
        shards.get(shardId).listed = listed;
    }

    List<String> openShards() {
        return shards.entrySet().stream().filter(e -> !e.getValue().closed).map(Map.Entry::getKey).toList();
    }

    List<Record> records(String shardId) {
        FakeShard shard = shards.get(shardId);
        return shard == null ? List.of() : shard.records.subList(shard.trimmed, shard.records.size());
    }

    /** How many records have been written. */
    int written() {
        return written;
    }

    /** The most readers that one shard had at the same time. */
    int mostReaders() {
        return mostReaders;
    }

    /** The calls so far, as {@code getShardIterator shardId-00000 TRIM_HORIZON null}. */
    List<String> calls() {
        return calls;
    }

    // ---- the API

    @Override
    public StreamDescription describeStream(String streamArn, String exclusiveStartShardId) {
        calls.add("describeStream " + exclusiveStartShardId);
        fault.before("describeStream", null);
        if (gone) {
            throw error(ResourceNotFoundException.builder(), "ResourceNotFoundException");
        }
        if (exclusiveStartShardId == null) {
            hiddenNow.clear();
            shards.keySet().stream().filter(hidden).forEach(hiddenNow::add);
        }
        List<String> ids = shards.entrySet().stream().filter(e -> e.getValue().listed && !hiddenNow.contains(e.getKey()))
                .map(Map.Entry::getKey).toList();
        int from = exclusiveStartShardId == null ? 0 : ids.indexOf(exclusiveStartShardId) + 1;
        int size = emptyPages-- > 0 ? 0 : shardsPerPage;
        int to = Math.min(ids.size(), from + size);
        return StreamDescription.builder().streamArn(streamArn).streamStatus(disabled ? StreamStatus.DISABLED : StreamStatus.ENABLED)
                .shards(ids.subList(from, to).stream().map(id -> shards.get(id).describe(id)).toList())
                .lastEvaluatedShardId(to == ids.size() ? null : to == 0 ? "shardId-" : ids.get(to - 1)).build();
    }

    @Override
    public String getShardIterator(String streamArn, String shardId, ShardIteratorType type, String sequenceNumber) {
        calls.add("getShardIterator " + shardId + " " + type + " " + sequenceNumber);
        fault.before("getShardIterator", shardId);
        FakeShard shard = shard(shardId);
        int index = switch (type) {
            case TRIM_HORIZON -> shard.trimmed;
            case LATEST -> shard.records.size();
            case AFTER_SEQUENCE_NUMBER -> shard.after(sequenceNumber);
            default -> throw new IllegalArgumentException("not used: " + type);
        };
        return iterator(shardId, index, ++readers);
    }

    @Override
    public ChangePage getRecords(String shardIterator, int limit, StreamSource source) {
        Iterator iterator = iterators.get(shardIterator);
        calls.add("getRecords " + iterator.shardId());
        fault.before("getRecords", iterator.shardId());
        FakeShard shard = shard(iterator.shardId());
        int concurrent = shard.readBy(iterator.reader());
        mostReaders = Math.max(mostReaders, concurrent);
        if (concurrent > MAX_READERS) {
            throw error(LimitExceededException.builder(), "LimitExceededException");
        }
        if (iterator.issued().plus(ITERATOR_LIFE).isBefore(clock.get())) {
            throw error(ExpiredIteratorException.builder(), "ExpiredIteratorException");
        }
        if (iterator.index() < shard.trimmed) {
            throw error(TrimmedDataAccessException.builder(), "TrimmedDataAccessException");
        }
        int to = emptyRecordPage.getAsBoolean() ? iterator.index()
                : Math.min(shard.records.size(), iterator.index() + Math.min(limit, pageLimit));
        boolean end = shard.closed && to == shard.records.size();
        return new ChangePage(shard.records.subList(iterator.index(), to).stream().map(each -> ChangeEvent.of(each, source)).toList(),
                end ? null : iterator(iterator.shardId(), to, iterator.reader()));
    }

    private String iterator(String shardId, int index, int reader) {
        String iterator = "iterator-" + name + iterators.size();
        iterators.put(iterator, new Iterator(shardId, index, clock.get(), reader));
        return iterator;
    }

    private FakeShard shard(String shardId) {
        return Optional.ofNullable(shards.get(shardId))
                .orElseThrow(() -> error(ResourceNotFoundException.builder(), "ResourceNotFoundException"));
    }

    static RuntimeException error(software.amazon.awssdk.services.dynamodb.model.DynamoDbException.Builder builder, String code) {
        builder.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("scripted").build())
                .writableStackTrace(false); // dear, and there are very many
        return (RuntimeException) builder.build();
    }
}
