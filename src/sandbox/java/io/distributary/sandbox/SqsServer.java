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
        // The address goes into queue URLs; withDynamicPort puts the port in.
        var server = SQSRestServerBuilder.withInterface(LOOPBACK)
                .withServerAddress(new NodeAddress("http", LOOPBACK, 0, ""))
                .withDynamicPort()
                .withAWSRegion(Stack.REGION)
                .withAWSAccountId(Stack.ACCOUNT)
                .start();
        var address = server.waitUntilStarted().localAddress();
        return new SqsServer(server, URI.create("http://" + LOOPBACK + ":" + address.getPort()));
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
