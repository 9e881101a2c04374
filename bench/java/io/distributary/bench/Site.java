package io.distributary.bench;

import io.distributary.event.StreamSource;
import io.distributary.sandbox.Sandbox;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.OrderedConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * The servers of one measurement, fresh: DynamoDB Local slows down as its streams grow. One table with a stream of one shard,
 * one JetStream stream (file storage) for {@link #subject()}.
 */
final class Site implements StreamOrigin {
    static final String TABLE = LocalTable.NAME;
    private static final String STREAM = "ORDERS";

    private final Sandbox sandbox = Folders.sandbox();
    private final LocalTable table;

    /** @param view the images in the stream's records */
    Site(StreamViewType view) throws IOException, JetStreamApiException {
        sandbox.start(Service.DYNAMODB, Service.NATS);
        table = new LocalTable(sandbox, view);
        nats().jetStreamManagement().addStream(StreamConfiguration.builder()
                .name(STREAM).subjects(TABLE + ".>").storageType(StorageType.File).build());
    }

    @Override
    public URI dynamoDbEndpoint() {
        return table.dynamoDbEndpoint();
    }

    URI natsEndpoint() {
        return sandbox.endpoint(Service.NATS);
    }

    DynamoDbClient dynamoDb() {
        return sandbox.dynamoDb();
    }

    /** The benchmark's own connection; what is measured opens another. */
    Connection nats() {
        return sandbox.nats();
    }

    @Override
    public StreamSource source() {
        return table.source();
    }

    @Override
    public Path checkpoints() {
        return table.checkpoints();
    }

    static String jetStream() {
        return STREAM;
    }

    static String subject() {
        return TABLE + "." + TABLE;
    }

    /** Every message that the JetStream stream holds, in its order. */
    List<Message> messages() throws IOException, JetStreamApiException, InterruptedException {
        var stream = nats().getStreamContext(STREAM);
        var count = stream.getStreamInfo().getStreamState().getMsgCount();
        var messages = new ArrayList<Message>((int) count);
        if (count > 0) {
            try (var consumer = stream.createOrderedConsumer(new OrderedConsumerConfiguration()).iterate()) {
                while (messages.size() < count) {
                    var message = consumer.nextMessage(10_000);
                    if (message == null) {
                        throw new IOException("JetStream gave " + messages.size() + " of its " + count + " messages, then none");
                    }
                    messages.add(message);
                }
            } catch (IOException | JetStreamApiException | InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException("The consumer of " + STREAM + " did not close", e);
            }
        }
        return messages;
    }

    @Override
    public void close() {
        sandbox.close();
    }

    /** The stack's access key and secret. */
    static String credential() {
        return Stack.CREDENTIAL;
    }

    static String region() {
        return Stack.REGION;
    }
}
