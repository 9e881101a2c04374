package io.distributary.sandbox;

import io.distributary.sandbox.s3.S3Server;
import io.distributary.sandbox.sns.SnsServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The whole local stack in this JVM (nats-server as its child process): loopback only, each server on a free port,
 * started when first asked for. Tests share {@link #shared()}; it is closed when the JVM ends. Safe for use by many
 * threads.
 */
public final class Sandbox implements Stack, AutoCloseable {
    /** An OpenSearch node of another version to use instead of ours, as {@code http://127.0.0.1:9201}. */
    private static final String RUNNING_OPENSEARCH = System.getProperty("opensearch.url");

    private static Sandbox shared;

    private final WorkFolder work;
    private final Map<Service, CompletableFuture<EmbeddedServer>> servers = new EnumMap<>(Service.class);
    private final List<EmbeddedServer> started = new ArrayList<>();
    private final StackClients clients = new StackClients(this);
    private final Object closing = new Object();
    private volatile boolean closed;

    private Sandbox(Path workFolder) {
        work = WorkFolder.in(workFolder);
    }

    /**
     * A sandbox of its own; {@link #shared()} is cheaper.
     *
     * @param workFolder takes its files, in a folder of their own that is deleted when closed; created if missing
     */
    public static Sandbox in(Path workFolder) {
        return new Sandbox(workFolder);
    }

    /** The one sandbox of this JVM, with its files below {@code target/sandbox}. */
    public static synchronized Sandbox shared() {
        if (shared == null) {
            shared = in(Path.of(System.getProperty("basedir", ""), "target", "sandbox"));
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "sandbox-close"));
        }
        return shared;
    }

    @Override
    public URI endpoint(Service service) {
        return server(service).endpoint();
    }

    @Override
    public StackClients clients() {
        return clients;
    }

    @Override
    public void start(Service... services) {
        var wanted = services.length == 0 ? Service.values() : services;
        for (var service : wanted) {
            starting(service);
        }
        for (var service : wanted) {
            server(service);
        }
    }

    /** DynamoDB Local, to roll shards and age records; other tests on the shared sandbox see that too. */
    public DynamoDbServer dynamoDbServer() {
        return (DynamoDbServer) server(Service.DYNAMODB);
    }

    /** The nats-server process, to stop and start it again; do that in a sandbox of your own. */
    public NatsServer natsServer() {
        return (NatsServer) server(Service.NATS);
    }

    /** The server, to stop and start it again; do that in a sandbox of your own. */
    public EmbeddedServer server(Service service) {
        try {
            return starting(service).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SandboxException known) {
                throw new SandboxException(known.getMessage(), known);
            }
            throw new SandboxException("Cannot start the local " + service + " server: " + e.getCause(), e.getCause());
        }
    }

    private synchronized CompletableFuture<EmbeddedServer> starting(Service service) {
        if (closed) {
            throw new SandboxException("The sandbox is closed");
        }
        return servers.computeIfAbsent(service, this::startInBackground);
    }

    private CompletableFuture<EmbeddedServer> startInBackground(Service service) {
        var future = new CompletableFuture<EmbeddedServer>();
        var thread = new Thread(() -> {
            try {
                var server = startNow(service);
                synchronized (started) {
                    started.add(server);
                }
                future.complete(server);
            } catch (Throwable e) {
                future.completeExceptionally(e);
            }
        }, "sandbox-start-" + service);
        thread.start();
        return future;
    }

    private EmbeddedServer startNow(Service service) throws Exception {
        return switch (service) {
            case DYNAMODB -> DynamoDbServer.create();
            case SQS -> SqsServer.create();
            case SNS -> SnsServer.start(sqs(), Stack.REGION, Stack.ACCOUNT);
            case S3 -> S3Server.create();
            case NATS -> NatsServer.start(NatsServerBinary.find(), work.folder("nats"));
            case OPENSEARCH -> RUNNING_OPENSEARCH == null ? OpenSearchServer.start(work.folder("opensearch"), Map.of())
                    : new RunningServer(URI.create(RUNNING_OPENSEARCH));
        };
    }

    /**
     * Stops every server and deletes the files; may be called more than once, and each call returns when that is done.
     */
    @Override
    public void close() {
        // On SIGTERM a shutdown hook and the main thread may both close: the hook must wait, as the JVM ends with it.
        synchronized (closing) {
            if (!closed) {
                closeOnce();
            }
        }
    }

    private void closeOnce() {
        List<CompletableFuture<EmbeddedServer>> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(servers.values());
        }
        // A start under way ends first: what it started must be stopped too.
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).exceptionally(e -> null).join();
        var failures = new ArrayList<RuntimeException>();
        attempt(clients::close, failures);
        synchronized (started) {
            for (var i = started.size() - 1; i >= 0; i--) {
                attempt(started.get(i)::close, failures);
            }
        }
        attempt(work::close, failures);
        if (!failures.isEmpty()) {
            var first = failures.remove(0);
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }

    private static void attempt(Runnable step, List<RuntimeException> failures) {
        try {
            step.run();
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }
}
