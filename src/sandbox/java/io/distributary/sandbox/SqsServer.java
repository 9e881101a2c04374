package io.distributary.sandbox;

import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.elasticmq.NodeAddress;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;

/** ElasticMQ, in memory. It does not check the total size of a batch. */
public final class SqsServer implements EmbeddedServer {
    private final ActorSystem actors = ActorSystem.create("elasticmq");
    /** Holds the queues. */
    private final ActorRef queues = actors.actorOf(Props.create(QueueManagerActor.class, new NowProvider(), StrictSQSLimits$.MODULE$,
            Option.empty()));
    private SQSRestServer server;
    private int port;

    private SqsServer() {
    }

    static SqsServer create() {
        var server = new SqsServer();
        server.start();
        return server;
    }

    @Override
    public synchronized void start() {
        if (server != null) {
            return;
        }
        // The address goes into queue URLs; withDynamicPort puts the port in.
        server = SQSRestServerBuilder.withActorSystem(actors).withQueueManagerActor(queues).withInterface(LOOPBACK)
                .withServerAddress(new NodeAddress("http", LOOPBACK, port, ""))
                .withPort(port)
                .withAWSRegion(Stack.REGION)
                .withAWSAccountId(Stack.ACCOUNT)
                .start();
        port = server.waitUntilStarted().localAddress().getPort();
    }

    @Override
    public URI endpoint() {
        return URI.create("http://" + LOOPBACK + ":" + port);
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            server.stopAndWait();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
        actors.terminate();
        try {
            actors.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new SandboxException("ElasticMQ did not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while ElasticMQ stopped", e);
        }
    }
}
