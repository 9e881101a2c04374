package io.distributary.ddbstream;

import java.time.Instant;

import io.distributary.config.AwsConnection;
import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.StoredProgress;
import io.distributary.ddbstream.shard.StreamErrors;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

/** Asks the streams how far behind stored checkpoints are: one record of each shard is read. */
public final class StoredLag implements AutoCloseable {
    /** A page may be empty, and the next one not. */
    private static final int PAGES = 4;

    private final StreamClients clients;

    /**
     * The first change that a checkpoint does not cover.
     *
     * @param created when it was made; null where there is none, or it is not known
     * @param problem why it is not known, or null
     */
    public record Next(Instant created, String problem) {
    }

    /** @param context whose settings say where DynamoDB is */
    public StoredLag(CamelContext context) {
        clients = StreamClients.of(AwsConnection.of(context), context.getComponent("aws2-ddbstream", DdbStreamComponent.class)
                .getConfiguration().copy());
    }

    /** Nothing for a shard that is at its end. */
    public Next next(StoredProgress.Shard shard) {
        Checkpoint checkpoint = shard.checkpoint();
        if (checkpoint.isShardEnd()) {
            return new Next(null, null);
        }
        try {
            boolean after = checkpoint.sequenceNumber() != null;
            String iterator = clients.getShardIterator(shard.streamArn(), shard.shardId(),
                    after ? ShardIteratorType.AFTER_SEQUENCE_NUMBER : ShardIteratorType.TRIM_HORIZON, checkpoint.sequenceNumber());
            for (int page = 0; page < PAGES && iterator != null; page++) {
                String from = iterator;
                GetRecordsResponse records = clients.streams().getRecords(request -> request.shardIterator(from).limit(1));
                if (!records.records().isEmpty()) {
                    return new Next(records.records().get(0).dynamodb().approximateCreationDateTime(), null);
                }
                iterator = records.nextShardIterator();
            }
            return new Next(null, null);
        } catch (RuntimeException e) {
            return new Next(null, StreamErrors.reason(e));
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
