package io.distributary.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.distributary.coalesce.Coalescer;
import io.distributary.coalesce.Outcome;
import io.distributary.coalesce.Transport;
import io.nats.client.Connection;
import io.nats.client.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one message at a time with an inbox of its own for the acknowledgements, and never waits for one: several times
 * cheaper than a request of jnats, which has a future, an inbox and a flush for each. What is in flight when the connection is
 * lost is retryable at once; while there is none, messages wait here for the next one. Thread-safe.
 */
final class JetStreamTransport implements Transport<JetStreamMessage>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JetStreamTransport.class);
    private static final long TELL_EVERY = Duration.ofMinutes(1).toNanos();

    private final JetStreamConnection connection;
    private final long ackNanos;
    private final Coalescer.Timer timer;
    private final LongSupplier nanos;
    private final AtomicLong tokens = new AtomicLong();
    private final Map<Long, Publish> inFlight = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Publish> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final AtomicLong toldAt;

    /** A message on its way; its outcome is known once. */
    private record Publish(JetStreamMessage message, long deadline, CompletableFuture<List<Outcome>> outcome) {
        void end(Outcome result) {
            outcome.complete(List.of(result));
        }

        void retry(String reason) {
            end(PublishOutcome.retryable(message.subject(), reason));
        }
    }

    JetStreamTransport(JetStreamConnection connection, Duration ackTimeout, Coalescer.Threads threads) {
        this.connection = connection;
        this.ackNanos = ackTimeout.toNanos();
        this.timer = threads.timer();
        this.nanos = threads.nanos();
        this.toldAt = new AtomicLong(nanos.getAsLong() - TELL_EVERY);
        connection.listen(this);
    }

    /** @param messages exactly one: each has its own acknowledgement */
    @Override
    public CompletionStage<List<Outcome>> send(List<JetStreamMessage> messages) {
        Publish publish = new Publish(messages.get(0), nanos.getAsLong() + ackNanos, new CompletableFuture<>());
        publish(publish);
        watch();
        return publish.outcome();
    }

    private void publish(Publish publish) {
        JetStreamMessage message = publish.message();
        JetStreamConnection.Session session;
        try {
            session = connection.session();
        } catch (IOException e) {
            publish.retry(e.getMessage());
            return;
        }
        if (!session.isConnected()) {
            waiting.add(publish);
            if (session.isConnected()) {
                connected(); // meanwhile: nobody else might come for it
            }
            return;
        }
        String problem = session.problem();
        if (problem != null) {
            tell(problem);
            publish.retry(problem);
        } else if (message.bytes() > session.maxPayload()) {
            publish.end(PublishOutcome.refused(message.subject(), "the message has " + message.bytes()
                    + " bytes, headers included; the server's max_payload is " + session.maxPayload(), null));
        } else {
            send(publish, session);
        }
    }

    private void send(Publish publish, JetStreamConnection.Session session) {
        long token = tokens.incrementAndGet();
        inFlight.put(token, publish);
        try {
            session.publish(publish.message(), token);
        } catch (IllegalStateException e) {
            inFlight.remove(token); // the connection was lost this moment, or its queue is full
            publish.retry("not published: " + e.getMessage());
            return;
        } catch (IllegalArgumentException e) {
            inFlight.remove(token);
            publish.end(PublishOutcome.refused(publish.message().subject(), e.getMessage(), e));
            return;
        }
        if (!session.isConnected()) {
            lost(session.connection()); // perhaps after lost() had looked at what is in flight
        }
    }

    /** An answer came in to the inbox. */
    void answered(long token, Message answer) {
        Publish publish = inFlight.remove(token);
        if (publish == null) {
            return;
        }
        Outcome outcome = PublishOutcome.of(answer, publish.message().subject());
        if (outcome instanceof Outcome.Retryable retryable) {
            tell(retryable.reason());
        }
        publish.end(outcome);
    }

    /** There is a connection: what waits for one goes. */
    void connected() {
        for (Publish publish = waiting.poll(); publish != null; publish = waiting.poll()) {
            publish(publish);
            if (!waiting.isEmpty() && !connection.isConnected()) {
                return; // lost again
            }
        }
    }

    /** What is in flight will not be acknowledged, wherever it got to. */
    void lost(Connection lost) {
        end(publish -> true, publish -> publish.retry("the connection to NATS at " + JetStreamConnection.servers(lost)
                + " was lost before the acknowledgement"));
    }

    /** The server let the user's publishes to this subject pass by. */
    void denied(String subject, String error) {
        end(publish -> publish.message().subject().equals(subject),
                publish -> publish.end(PublishOutcome.refused(subject, error, null)));
    }

    private void end(Predicate<Publish> which, Consumer<Publish> how) {
        for (Map.Entry<Long, Publish> one : inFlight.entrySet()) {
            if (which.test(one.getValue()) && inFlight.remove(one.getKey(), one.getValue())) {
                how.accept(one.getValue());
            }
        }
    }

    /** The connection's own state is told by {@link NatsEvents}. */
    private void tell(String problem) {
        long now = nanos.getAsLong();
        long last = toldAt.get();
        if (now - last >= TELL_EVERY && toldAt.compareAndSet(last, now)) {
            LOG.warn("JetStream does not take a message at present; it is published again until its exchange fails: {}", problem);
        }
    }

    /** While anything is under way, looks for what took too long. */
    private void watch() {
        if (watching.compareAndSet(false, true)) {
            timer.schedule(this::look, Math.max(ackNanos / 8, Duration.ofMillis(1).toNanos()));
        }
    }

    private void look() {
        long now = nanos.getAsLong();
        end(publish -> now - publish.deadline() >= 0, publish -> {
            String reason = "no acknowledgement within " + Duration.ofNanos(ackNanos).toMillis() + " ms from NATS at "
                    + connection.servers();
            tell("subject " + publish.message().subject() + ": " + reason);
            publish.retry(reason);
        });
        for (Iterator<Publish> publishes = waiting.iterator(); publishes.hasNext();) {
            Publish publish = publishes.next();
            if (now - publish.deadline() >= 0 && waiting.remove(publish)) {
                publish.retry("NATS is unreachable at " + connection.servers() + "; reconnecting");
            }
        }
        watching.set(false);
        if (!inFlight.isEmpty() || !waiting.isEmpty()) {
            watch();
        }
    }

    /** What is under way is not waited for: the coalescer is closed, and retries nothing. */
    @Override
    public void close() {
        end(publish -> true, publish -> publish.retry("stopped before the acknowledgement"));
        for (Publish publish = waiting.poll(); publish != null; publish = waiting.poll()) {
            publish.retry("stopped before it was sent");
        }
    }
}
