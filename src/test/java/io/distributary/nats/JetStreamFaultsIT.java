package io.distributary.nats;

import static io.distributary.nats.JetStreamChanges.change;
import static io.distributary.nats.JetStreamChanges.contains;
import static io.distributary.nats.JetStreamChanges.stored;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.distributary.coalesce.DeliveryException;
import io.distributary.event.BatchItemFailuresException;
import io.distributary.event.ChangeEvent;
import io.nats.client.Connection;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StreamConfiguration;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What becomes of messages while the server, or the way to it, fails. */
class JetStreamFaultsIT extends FaultyNats {
    @Test
    void anAcknowledgementLostAfterTheServerStoredTheMessageMakesNoDuplicate() throws Exception {
        stream("t");
        start("&ackTimeout=300");
        sent(change("warm", 1));
        proxy.loseAnswers(true);

        CompletableFuture<Exchange> exchange = send(change("a", 1));
        await().atMost(LIMIT).until(() -> messages("t") == 2 && proxy.swallowed() > 0);
        assertFalse(exchange.isDone());
        proxy.loseAnswers(false);

        assertNull(exchange.get(60, TimeUnit.SECONDS).getException());
        assertEquals(List.of("warm-1", "a-1"), stored(check, "t"));
    }

    @Test
    void aConnectionResetInMidRequestLosesNothing() throws Exception {
        stream("t");
        start("");
        sent(change("warm", 1));
        proxy.resetOnce(bytes -> contains(bytes, "HPUB t "));

        sent(change("a", 1));
        proxy.resetAll();
        sent(change("a", 2));

        assertEquals(List.of("warm-1", "a-1", "a-2"), stored(check, "t"));
    }

    @Test
    void messagesWaitForAServerThatIsGoneAndComesBack() throws Exception {
        stream("t");
        start("&ackTimeout=200&retryTimeout=60000");
        sent(change("warm", 1));
        proxy.down();

        List<CompletableFuture<Exchange>> exchanges = IntStream.rangeClosed(1, 100).mapToObj(i -> send(change("i" + i % 10, i))).toList();
        await().atMost(LIMIT).until(() -> producerMeters("retries") > 20);
        assertTrue(exchanges.stream().noneMatch(CompletableFuture::isDone));
        proxy.up();

        succeed(exchanges);
        inOrderAndNoneMissing(stored(check, "t"), 101);
    }

    @Test
    void aServerThatStaysAwayFailsTheExchangeInTheEnd() throws Exception {
        start("&ackTimeout=200&retryTimeout=500");
        proxy.down();

        DeliveryException failure = failure(send(change("a", 1)).get(60, TimeUnit.SECONDS));

        assertFalse(failure.isPermanent());
        assertEquals("a-1", failure.id());
        assertTrue(failure.getMessage().contains("subject t: ") && failure.getMessage().contains("127.0.0.1:" + proxy.port()),
                failure.getMessage());
    }

    @Test
    void aStreamThatIsCreatedLaterGetsWhatWaited() throws Exception {
        start("");
        CompletableFuture<Exchange> exchange = send(change("a", 1));
        await().atMost(LIMIT).until(() -> producerMeters("retries") > 1);
        assertFalse(exchange.isDone());

        stream("t");

        assertNull(exchange.get(60, TimeUnit.SECONDS).getException());
        assertEquals(List.of("a-1"), stored(check, "t"));
    }

    @Test
    void aFullStreamThatDiscardsWhatIsNewIsAskedAgain() throws Exception {
        check.jetStreamManagement().addStream(StreamConfiguration.builder().name("t").subjects("t").maxMessages(1)
                .discardPolicy(DiscardPolicy.New).build());
        start("");
        sent(change("a", 1));

        CompletableFuture<Exchange> exchange = send(change("a", 2));
        await().atMost(LIMIT).until(() -> producerMeters("retries") > 1);
        check.jetStreamManagement().purgeStream("t");

        assertNull(exchange.get(60, TimeUnit.SECONDS).getException());
        assertEquals(List.of("a-2"), stored(check, "t"));
    }

    @Test
    void onlyTheRecordsOfABatchThatWereRefusedFail() throws Exception {
        check.jetStreamManagement().addStream(StreamConfiguration.builder().name("t").subjects("t.*").maximumMessageSize(2000).build());
        start("&subjectTemplate=t.{partitionKey}");
        List<ChangeEvent> batch = new ArrayList<>(IntStream.rangeClosed(1, 9).mapToObj(i -> change("i" + i, 1)).toList());
        batch.add(4, change("large", 1, "x".repeat(2000)));
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(batch);

        Exchange done = template.asyncSend("direct:send", exchange).get(60, TimeUnit.SECONDS);

        BatchItemFailuresException failures = assertInstanceOf(BatchItemFailuresException.class, done.getException());
        assertEquals(List.of("large-1"), List.copyOf(failures.failures().keySet()));
        DeliveryException refused = assertInstanceOf(DeliveryException.class, failures.failures().get("large-1"));
        assertTrue(refused.isPermanent());
        assertEquals("nats:t did not accept large-1: subject t.large: message size exceeds maximum allowed (400, 10054)",
                refused.getMessage());
        assertEquals(9, messages("t"));
    }

    @Test
    void oneByteTooManyIsRefusedBeforeItIsSent() throws Exception {
        stream("t");
        start("");
        sent(change("warm", 1));
        int most = (int) check.getMaxPayload() - "NATS/1.0\r\nNats-Msg-Id:large-1\r\n\r\n".length();

        DeliveryException failure = failure(sendText("large-1", "x".repeat(most + 1)).get(60, TimeUnit.SECONDS));
        assertTrue(failure.isPermanent());
        assertTrue(failure.getMessage().contains(1 + check.getMaxPayload() + " bytes")
                && failure.getMessage().contains("limit is " + check.getMaxPayload()), failure.getMessage());
        assertNull(sendText("large-1", "x".repeat(most)).get(60, TimeUnit.SECONDS).getException());

        assertEquals(1, NatsConnection.of(context).connects(), "the server would have closed the connection");
        assertEquals(List.of("warm-1", "large-1"), stored(check, "t"));
    }

    @Test
    void aServerThatTakesNothingHoldsTheSourceBack() throws Exception {
        stream("t");
        start("&maxInFlight=20&maxBufferedBytes=100000&ackTimeout=1000&retryTimeout=60000");
        sent(change("warm", 1));
        proxy.silent(true);
        String note = "x".repeat(1000);
        AtomicInteger begun = new AtomicInteger();
        List<CompletableFuture<Exchange>> exchanges = new ArrayList<>();
        Thread source = new Thread(() -> IntStream.rangeClosed(1, 1000).forEach(i -> {
            begun.incrementAndGet();
            exchanges.add(send(change("i" + i % 50, i, note)));
        }));
        source.start();
        await().atMost(LIMIT).until(() -> producerMeters("retries") >= 20 && source.getState() == Thread.State.WAITING);

        assertTrue(begun.get() > 60 && begun.get() < 100, begun + " messages of more than 1,000 bytes in 100,000");
        proxy.silent(false);
        proxy.resetAll(); // what was swallowed has torn the protocol

        source.join();
        succeed(exchanges);
        inOrderAndNoneMissing(stored(check, "t"), 1001);
    }

    @Test
    void inTheOrderOfEachItemAndNoneMissingAcrossTwoKilledServers() throws Exception {
        stream("t");
        start("&ackTimeout=1000&retryTimeout=60000");
        AtomicInteger done = new AtomicInteger();
        Thread killer = new Thread(() -> {
            for (int kill = 1; kill <= 2; kill++) {
                int after = 3000 * kill;
                await().atMost(LIMIT).until(() -> done.get() >= after);
                server.kill();
                server.start();
            }
        });
        killer.start();
        List<CompletableFuture<Exchange>> exchanges = new ArrayList<>();
        for (int i = 1; i <= 10_000; i++) {
            int from = i - 1000; // as a source bounds what is in flight
            if (from >= 0) {
                exchanges.get(from).get(60, TimeUnit.SECONDS);
            }
            exchanges.add(send(change("i" + i % 100, i)));
            exchanges.get(i - 1).thenRun(done::incrementAndGet);
        }

        succeed(exchanges);
        killer.join();
        await().atMost(LIMIT).until(() -> check.getStatus() == Connection.Status.CONNECTED);
        inOrderAndNoneMissing(stored(check, "t"), 10_000);
    }
}
