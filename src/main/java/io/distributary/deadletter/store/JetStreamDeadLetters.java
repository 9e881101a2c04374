package io.distributary.deadletter.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

import io.distributary.event.Sha256;
import io.distributary.nats.NatsConnection;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import org.apache.camel.CamelContext;

/**
 * The messages of a stream up to the last one that it has when it is opened, through a durable consumer that remembers which
 * are done: a work queue loses those, any other stream keeps them until its own limits.
 */
final class JetStreamDeadLetters implements DeadLetterStore {
    private static final String CONSUMER = "distributary-redrive";
    private static final int HASH = 8;
    private static final int MOST = 100;
    private static final int NOT_FOUND = 404;
    private static final Duration ACK_WAIT = Duration.ofMinutes(2);
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final String stream;
    private final LetterReader letters;
    private final Connection connection;
    private final JetStreamSubscription subscription;
    private final long last;
    private final Heartbeat heartbeat;
    private final Queue<StoredDeadLetter> read = new ArrayDeque<>();
    /** What is not acknowledged yet, by its sequence. */
    private final Map<String, Message> held = new ConcurrentHashMap<>();
    private final Set<String> removed = ConcurrentHashMap.newKeySet();
    /** What came after this was opened: given back, and to the server still unacknowledged. */
    private final Set<Long> later = new HashSet<>();

    private JetStreamDeadLetters(String stream, LetterReader letters, Connection connection, JetStreamSubscription subscription, long last) {
        this.stream = stream;
        this.letters = letters;
        this.connection = connection;
        this.subscription = subscription;
        this.last = last;
        this.heartbeat = new Heartbeat(name(), ACK_WAIT.dividedBy(4), () -> held.values().forEach(Message::inProgress));
    }

    /** @param address {@code stream} or {@code stream/subject} */
    static JetStreamDeadLetters open(CamelContext context, String address, LetterReader letters) {
        int slash = address.indexOf('/');
        String stream = slash < 0 ? address : address.substring(0, slash);
        String subject = slash < 0 ? null : address.substring(slash + 1);
        try {
            Connection connection = NatsConnection.of(context).connected();
            JetStreamManagement management = connection.jetStreamManagement();
            long last = management.getStreamInfo(stream).getStreamState().getLastSequence();
            String consumer = subject == null ? CONSUMER
                    : CONSUMER + '-' + Sha256.hex(subject.getBytes(StandardCharsets.UTF_8)).substring(0, HASH);
            management.addOrUpdateConsumer(stream, ConsumerConfiguration.builder().durable(consumer).filterSubject(subject)
                    .ackPolicy(AckPolicy.Explicit).ackWait(ACK_WAIT).maxAckPending(-1).build());
            JetStreamSubscription subscription = connection.jetStream().subscribe(subject, PullSubscribeOptions.bind(stream, consumer));
            return new JetStreamDeadLetters(stream, letters, connection, subscription, last);
        } catch (JetStreamApiException e) {
            throw new IllegalArgumentException(e.getErrorCode() == NOT_FOUND ? "There is no JetStream stream " + stream
                    : "JetStream stream " + stream + ": " + e.getErrorDescription(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("JetStream stream " + stream + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return "stream " + stream;
    }

    @Override
    public boolean hasNext() {
        while (read.isEmpty()) {
            List<Message> messages = subscription.fetch(MOST, WAIT);
            if (messages.isEmpty()) {
                return false;
            }
            boolean later = messages.stream().filter(message -> !take(message)).count() == messages.size();
            if (later) {
                return false;
            }
        }
        return true;
    }

    /** False where it came after this was opened: it waits for the next reader. */
    private boolean take(Message message) {
        long sequence = message.metaData().streamSequence();
        String id = Long.toString(sequence);
        if (sequence > last) {
            message.nak();
            later.add(sequence);
            return false;
        }
        if (removed.contains(id)) {
            message.ack();
        } else if (held.put(id, message) == null) {
            StoredDeadLetter letter = letters.read(new String(message.getData(), StandardCharsets.UTF_8), name() + ", sequence " + id, id);
            if (letter != null) {
                read.add(letter);
            }
        }
        return true;
    }

    @Override
    public long withOthers() {
        try {
            return Math.max(0, subscription.getConsumerInfo().getNumAckPending() - held.size() - later.size());
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public StoredDeadLetter next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return read.remove();
    }

    @Override
    public void remove(StoredDeadLetter letter) {
        Message message = held.get(letter.id());
        if (message == null) {
            return;
        }
        try {
            message.ackSync(TIMEOUT);
        } catch (TimeoutException e) {
            throw new IllegalStateException(name() + ": no answer within " + TIMEOUT.toSeconds() + " s to the acknowledgement of sequence "
                    + letter.id(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name() + ": interrupted", e);
        }
        removed.add(letter.id());
        held.remove(letter.id());
    }

    @Override
    public void close() {
        heartbeat.close();
        held.values().forEach(Message::nak);
        try {
            connection.flush(TIMEOUT); // the connection is the context's
        } catch (TimeoutException e) {
            throw new IllegalStateException(name() + ": others get what was not sent again after " + ACK_WAIT.toSeconds() + " s only", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            subscription.unsubscribe();
        }
    }
}
