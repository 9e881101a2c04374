package io.distributary.sandbox;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;

/**
 * DynamoDB Local with Streams, in memory. Its own launcher listens on every interface and reports usage to AWS; this
 * one listens on loopback and does neither.
 */
public final class DynamoDbServer implements EmbeddedServer {
    // Held, so that the levels are not lost with the loggers. The second one warns that JAXB is missing.
    private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");
    private static final Logger AWS_SDK_1 = Logger.getLogger("com.amazonaws.util.Base64");

    private final LocalDynamoDBRequestHandler requests;
    private final Server server;
    private final URI endpoint;

    private DynamoDbServer(LocalDynamoDBRequestHandler requests, Server server, URI endpoint) {
        this.requests = requests;
        this.server = server;
        this.endpoint = endpoint;
    }

    static DynamoDbServer create() throws Exception {
        SQLITE.setLevel(Level.WARNING);
        AWS_SDK_1.setLevel(Level.SEVERE);
        var inMemory = true;
        var sharedDb = true;
        var delayTransientStatuses = false;
        var requests = new LocalDynamoDBRequestHandler(0, inMemory, null, sharedDb, delayTransientStatuses);
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost(LOOPBACK);
        server.addConnector(connector);
        server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(requests, null)));
        server.start();
        connector.setPort(connector.getLocalPort()); // of a later start
        return new DynamoDbServer(requests, server, URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort()));
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    /** Closes every open shard of every stream; each gets one child. */
    public void rollShards() {
        database().triggerShardRollovers();
    }

    /**
     * Makes every record and iterator this much older: iterators expire after 15 minutes, records are trimmed after 24
     * h.
     */
    public void age(Duration by) {
        database().dilateEventTimes(by.toMillis());
    }

    /** The shared database; DynamoDB Local opens it with the first request and has no public way to it. */
    private AmazonDynamoDBLocal database() {
        try {
            var field = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
            field.setAccessible(true);
            var databases = (Map<?, ?>) field.get(requests);
            return (AmazonDynamoDBLocal) databases.values().stream().findFirst()
                    .orElseThrow(() -> new SandboxException("DynamoDB Local has no table yet: create one first"));
        } catch (ReflectiveOperationException e) {
            throw new SandboxException("This version of DynamoDB Local keeps its database elsewhere", e);
        }
    }

    @Override
    public void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new SandboxException("DynamoDB Local did not stop: " + e.getMessage(), e);
        }
    }

    @Override
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new SandboxException("DynamoDB Local did not start again: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } finally {
            requests.shutdown();
        }
    }
}
