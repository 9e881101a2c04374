package io.distributary.sandbox;

import java.net.URI;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** ElasticMQ, in memory. It does not check the total size of a batch. */
public final class SqsServer implements EmbeddedServer {
    private final SQSRestServer server;
    private final URI endpoint;

    private SqsServer(SQSRestServer server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    static SqsServer start() {
        var port = Ports.free();
        // The address goes into queue URLs: the builder's dynamic port would write "localhost" there.
        var server = SQSRestServerBuilder.withInterface(LOOPBACK)
                .withPort(port)
                .withServerAddress(new NodeAddress("http", LOOPBACK, port, ""))
                .withAWSRegion(Stack.REGION)
                .withAWSAccountId(Stack.ACCOUNT)
                .start();
        server.waitUntilStarted();
        return new SqsServer(server, URI.create("http://" + LOOPBACK + ":" + port));
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        server.stopAndWait();
    }
}
