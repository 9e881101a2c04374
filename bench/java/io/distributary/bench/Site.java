package io.distributary.bench;

import io.distributary.event.StreamSource;
import io.distributary.sandbox.fault.FaultProxy;
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
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * The servers of one measurement, fresh: DynamoDB Local slows down as its streams grow. One table with its stream, one
 * JetStream stream (file storage) for {@link #subject()}.
 */
final class Site implements StreamOrigin {
    static final String TABLE = LocalTable.NAME;
    private static final String STREAM = "ORDERS";

    private final Sandbox sandbox;
    private final StreamOrigin table;
    /** Between what is measured and nats-server; null for none. */
    private final FaultProxy proxy;

    /** @param view the images in the stream's records */
    Site(StreamViewType view) throws IOException, JetStreamApiException {
        this(Folders.sandbox(), sandbox -> {
            sandbox.start(Service.DYNAMODB);
            return new LocalTable(sandbox, view);
        }, Duration.ZERO);
    }

    /**
     * @param table     closed with this
     * @param roundTrip to nats-server, zero for what the loopback interface takes
     */
    Site(StreamOrigin table, Duration roundTrip) throws IOException, JetStreamApiException {
        this(Folders.sandbox(), sandbox -> table, roundTrip);
    }

    private Site(Sandbox sandbox, Function<Sandbox, StreamOrigin> tables, Duration roundTrip)
            throws IOException, JetStreamApiException {
        this.sandbox = sandbox;
        sandbox.start(Service.NATS);
        table = tables.apply(sandbox);
        nats().jetStreamManagement().addStream(StreamConfiguration.builder()
                .name(STREAM).subjects(TABLE + ".>").storageType(StorageType.File).build());
        var server = sandbox.endpoint(Service.NATS);
        proxy = roundTrip.isZero() ? null : new FaultProxy(server.getHost(), server.getPort());
        if (proxy != null) {
            proxy.latency(roundTrip);
        }
    }

    @Override
    public URI dynamoDbEndpoint() {
        return table.dynamoDbEndpoint();
    }

    URI natsEndpoint() {
        return proxy == null ? sandbox.endpoint(Service.NATS) : URI.create("nats://127.0.0.1:" + proxy.port());
    }

    /** Of the emulator, where the table is one of it. */
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

    /** Hands on every message that the JetStream stream holds, in its order. */
    void messages(Consumer<Message> handler) throws IOException, JetStreamApiException, InterruptedException {
        var stream = nats().getStreamContext(STREAM);
        var count = stream.getStreamInfo().getStreamState().getMsgCount();
        if (count == 0) {
            return;
        }
        try (var consumer = stream.createOrderedConsumer(new OrderedConsumerConfiguration()).iterate()) {
            for (var seen = 0L; seen < count; seen++) {
                var message = consumer.nextMessage(10_000);
                if (message == null) {
                    throw new IOException("JetStream gave " + seen + " of its " + count + " messages, then none");
                }
                handler.accept(message);
            }
        } catch (IOException | JetStreamApiException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The consumer of " + STREAM + " did not close", e);
        }
    }

    @Override
    public void close() throws Exception {
        if (proxy != null) {
            proxy.close();
        }
        sandbox.close();
        table.close();
    }

    /** The stack's access key and secret. */
    static String credential() {
        return Stack.CREDENTIAL;
    }

    static String region() {
        return Stack.REGION;
    }
}
