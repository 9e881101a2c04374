package io.distributary.ddbstream.shard;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.distributary.event.StreamSource;
import io.distributary.event.ChangePage;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;

/** A table whose stream is switched off and on: one {@link FakeStream} after the other. */
final class FakeTable implements StreamFinder, StreamsClient {
    private final Supplier<Instant> clock;
    /** By ARN, oldest first. */
    private final Map<String, FakeStream> streams = new LinkedHashMap<>();
    private FakeStream current;

    FakeTable(Supplier<Instant> clock) {
        this.clock = clock;
        current = new FakeStream(clock);
        streams.put(FakeStream.TABLE.streamArn(), current);
    }

    FakeStream current() {
        return current;
    }

    List<FakeStream> streams() {
        return List.copyOf(streams.values());
    }

    /** Switches the stream off, and on again with one shard. */
    FakeStream nextStream() {
        current.disable();
        String label = "2026-01-02T00:00:%02d.000".formatted(streams.size());
        FakeStream next = new FakeStream(clock, label + "-", current.nextSequenceNumber());
        next.fault = current.fault;
        next.hidden = current.hidden;
        next.emptyRecordPage = current.emptyRecordPage;
        current.hidden = shardId -> false; // a listing that lacks the last shard for longer than the reader waits hides data
        next.pageLimit = current.pageLimit;
        next.shardsPerPage = current.shardsPerPage;
        next.addShard(null);
        streams.put(FakeStream.TABLE.streamArn().replaceFirst("[^/]+$", label), next);
        current = next;
        return next;
    }

    int written() {
        return streams.values().stream().mapToInt(FakeStream::written).sum();
    }

    private FakeStream stream(String streamArn) {
        return Objects.requireNonNull(streams.get(streamArn), streamArn);
    }

    private TableStream describedAs(String streamArn) {
        return new TableStream("orders", streamArn, "pk", null);
    }

    private Optional<TableStream> firstEnabled() {
        return streams.keySet().stream().filter(arn -> !stream(arn).disabled()).map(this::describedAs).findFirst();
    }

    @Override
    public TableStream find() {
        return firstEnabled().orElseThrow(() -> new StreamUnavailableException("switched off", null));
    }

    @Override
    public Optional<String> resumable(Set<String> checkpointed) {
        return checkpointed.stream().max(String::compareTo);
    }

    @Override
    public Optional<TableStream> describe(String streamArn) {
        return stream(streamArn).gone() ? Optional.empty() : Optional.of(describedAs(streamArn));
    }

    @Override
    public Optional<TableStream> after(String streamArn) {
        return streams.keySet().stream().filter(arn -> arn.compareTo(streamArn) > 0 && !stream(arn).gone()).findFirst()
                .map(this::describedAs);
    }

    @Override
    public String noneAfter(String streamArn) {
        return "switched off";
    }

    @Override
    public StreamDescription describeStream(String streamArn, String exclusiveStartShardId) {
        return stream(streamArn).describeStream(streamArn, exclusiveStartShardId);
    }

    @Override
    public String getShardIterator(String streamArn, String shardId, ShardIteratorType type, String sequenceNumber) {
        return stream(streamArn).getShardIterator(streamArn, shardId, type, sequenceNumber);
    }

    @Override
    public ChangePage getRecords(String shardIterator, int limit, StreamSource source) {
        return streams.values().stream().filter(stream -> stream.issued(shardIterator)).findFirst().orElseThrow()
                .getRecords(shardIterator, limit, source);
    }
}
