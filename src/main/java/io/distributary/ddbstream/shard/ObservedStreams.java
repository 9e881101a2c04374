package io.distributary.ddbstream.shard;

import java.util.function.Supplier;

import io.distributary.event.ChangePage;
import io.distributary.event.StreamSource;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;

/** Tells an {@link EngineListener} of the calls that pass through. */
final class ObservedStreams implements StreamsClient {
    private final StreamsClient client;
    private final EngineListener listener;

    ObservedStreams(StreamsClient client, EngineListener listener) {
        this.client = client;
        this.listener = listener;
    }

    @Override
    public StreamDescription describeStream(String streamArn, String exclusiveStartShardId) {
        return counting(() -> client.describeStream(streamArn, exclusiveStartShardId));
    }

    @Override
    public String getShardIterator(String streamArn, String shardId, ShardIteratorType type, String sequenceNumber) {
        return counting(() -> client.getShardIterator(streamArn, shardId, type, sequenceNumber));
    }

    @Override
    public ChangePage getRecords(String shardIterator, int limit, StreamSource source) {
        ChangePage page = counting(() -> client.getRecords(shardIterator, limit, source));
        listener.page(page.changes().size());
        return page;
    }

    private <T> T counting(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            listener.callFailed();
            throw e;
        }
    }
}
