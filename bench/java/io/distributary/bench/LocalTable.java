package io.distributary.bench;

import io.distributary.event.StreamSource;
import io.distributary.sandbox.Sandbox;
import io.distributary.sandbox.Service;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** A table of a fresh DynamoDB Local, with a stream of one shard. */
final class LocalTable implements StreamOrigin {
    static final String NAME = "orders";

    private final Sandbox sandbox;
    private final StreamSource source;
    private final Path checkpoints = Folders.checkpoints();

    /**
     * @param sandbox closed with this
     * @param view    the images in the stream's records
     */
    LocalTable(Sandbox sandbox, StreamViewType view) {
        this.sandbox = sandbox;
        var arn = sandbox.createTable(NAME, view);
        var shards = sandbox.dynamoDbStreams().describeStream(describe -> describe.streamArn(arn)).streamDescription().shards();
        source = new StreamSource(NAME, arn, shards.get(0).shardId(), "pk", "sk");
    }

    @Override
    public URI dynamoDbEndpoint() {
        return sandbox.endpoint(Service.DYNAMODB);
    }

    DynamoDbClient dynamoDb() {
        return sandbox.dynamoDb();
    }

    @Override
    public StreamSource source() {
        return source;
    }

    @Override
    public Path checkpoints() {
        return checkpoints;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
