package io.distributary.nats;

import static io.distributary.nats.JetStreamChanges.change;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.distributary.sandbox.NatsCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream of three replicas whose leader changes while it is published to. */
class JetStreamClusterIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STREAM = "t";
    private static final int MESSAGES = 4_000;
    private static final int IN_FLIGHT = 500;
    private static final int EVERY = 300;
    /** The change that is the end of the leader's process, and the one that is the end of the process published to. */
    private static final int KILL_LEADER = 4;
    private static final int KILL_OURS = 8;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger done = new AtomicInteger();

    @TempDir
    private Path folder;

    private NatsCluster cluster;
    private Connection check;

    @BeforeEach
    void serve() throws Exception {
        cluster = NatsCluster.in(folder).start();
        check = Nats.connect(Options.builder().servers(cluster.urls().toArray(String[]::new)).maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(50)).build());
        StreamConfiguration stream = StreamConfiguration.builder().name(STREAM).subjects(STREAM).replicas(NatsCluster.SERVERS).build();
        await().atMost(LIMIT).ignoreExceptionsMatching(JetStreamClusterIT::hasNoLeader)
                .until(() -> check.jetStreamManagement().addStream(stream) != null); // the cluster elects a leader of its own first
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        check.close();
        cluster.close();
    }

    @Test
    void nothingIsLostAndEachItemsOrderHoldsWhileTheLeaderChanges() throws Exception {
        publishTo("nats:" + STREAM + "?jetstreamEnabled=true&ackTimeout=1000&retryTimeout=60000");
        CompletableFuture<Void> changes = CompletableFuture.runAsync(this::changeLeaders);

        List<CompletableFuture<Exchange>> exchanges = new ArrayList<>();
        for (int i = 1; i <= MESSAGES; i++) {
            if (i > IN_FLIGHT) {
                exchanges.get(i - 1 - IN_FLIGHT).get(60, TimeUnit.SECONDS); // as a source bounds what is in flight
            }
            exchanges.add(send(i));
        }
        for (CompletableFuture<Exchange> exchange : exchanges) {
            assertNull(exchange.get(60, TimeUnit.SECONDS).getException());
        }

        changes.get(60, TimeUnit.SECONDS);
        assertTrue(NatsConnection.of(context).connects() > 1, "the connection was never lost");
        assertTrue(meters.get("distributary.target.retries").counter().count() > 0, "no publish met a change of leader");
        List<String> stored = await().atMost(LIMIT).ignoreExceptionsMatching(JetStreamClusterIT::hasNoLeader)
                .until(() -> JetStreamChanges.stored(check, STREAM), ids -> true); // the last change of leader may not be over
        FaultyNats.inOrderAndNoneMissing(stored, MESSAGES);
    }

    private void changeLeaders() {
        for (int change = 1; change < MESSAGES / EVERY; change++) {
            int after = change * EVERY;
            await().atMost(LIMIT).until(() -> done.get() >= after);
            switch (change) {
                case KILL_LEADER -> killAndStart(leader(), after);
                case KILL_OURS -> killAndStart(cluster.name(NatsConnection.of(context).get().getConnectedUrl()), after);
                default -> stepDown();
            }
        }
    }

    private void killAndStart(String server, int after) {
        cluster.kill(server);
        await().atMost(LIMIT).until(() -> done.get() >= after + IN_FLIGHT / 2 && !server.equals(leader())); // two of three are a quorum
        cluster.start(server);
    }

    /** Waits while there is none. */
    private String leader() {
        return await().atMost(LIMIT).ignoreExceptionsMatching(JetStreamClusterIT::hasNoLeader)
                .until(() -> check.jetStreamManagement().getStreamInfo(STREAM).getClusterInfo().getLeader(),
                        leader -> leader != null && cluster.isRunning(leader));
    }

    /** Neither the cluster nor the stream answers then, or the connection is on its way to another server. */
    private static boolean hasNoLeader(Throwable failure) {
        return failure instanceof IOException || failure instanceof JetStreamApiException api && api.getErrorCode() >= 500
                || failure instanceof IllegalStateException;
    }

    private void stepDown() {
        await().atMost(LIMIT).until(() -> {
            Message answer = check.request("$JS.API.STREAM.LEADER.STEPDOWN." + STREAM, null, Duration.ofSeconds(5));
            return answer != null && new String(answer.getData()).contains("\"success\":true");
        });
    }

    private CompletableFuture<Exchange> send(int i) {
        CompletableFuture<Exchange> sent = new CompletableFuture<>();
        Exchange exchange = JetStreamChanges.exchange(context, change("i" + i % 100, i));
        ((AsyncProcessor) context.getRoutes().get(0).getProcessor()).process(exchange, synchronous -> {
            done.incrementAndGet();
            sent.complete(exchange);
        });
        return sent;
    }

    private void publishTo(String target) throws Exception {
        context.getPropertiesComponent().addInitialProperty("nats.url", String.join(",", cluster.urls()));
        context.getRegistry().bind("meters", meters);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:send").errorHandler(noErrorHandler()).to(target);
            }
        });
        context.start();
    }
}
