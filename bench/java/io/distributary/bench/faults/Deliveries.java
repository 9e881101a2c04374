package io.distributary.bench.faults;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has been delivered, as the targets' owners see it, beside the proxies. Thread-safe. */
final class Deliveries implements AutoCloseable {
    private final Map<Target, List<Arrival>> arrivals = new EnumMap<>(Target.class);
    private final Map<Target, Set<Change>> deadLetters = new EnumMap<>(Target.class);
    private final List<QueueReader> readers = new ArrayList<>();
    private final Resources resources;
    private long streamRead;

    Deliveries(Resources resources) {
        this.resources = resources;
        for (var target : Target.values()) {
            arrivals.put(target, new ArrayList<>());
            deadLetters.put(target, new HashSet<>());
        }
        readers.add(new QueueReader(resources.sqs(), resources.queueUrl(), body -> add(Target.SQS, Arrival.of(body))));
        readers.add(new QueueReader(resources.subscriberSqs(), resources.subscriberUrl(), body -> add(Target.SNS, Arrival.of(body))));
        readers.add(new QueueReader(resources.sqs(), resources.deadLetterUrl(), body -> add(DeadLetterLine.of(body))));
    }

    private synchronized void add(Target target, Arrival arrival) {
        arrivals.get(target).add(arrival);
    }

    /** A dead letter stored anywhere. */
    synchronized void add(DeadLetterLine letter) {
        deadLetters.get(letter.target()).add(letter.change());
    }

    /** Everything at the target so far, in its order. Nothing where the target has no history. */
    List<Arrival> at(Target target) throws IOException {
        if (target == Target.NATS) {
            readStream();
        }
        synchronized (this) {
            return List.copyOf(arrivals.get(target));
        }
    }

    /** JetStream keeps all messages: it is read where it was left, message by message, and needs no consumer that lives through faults. */
    private synchronized void readStream() throws IOException {
        try {
            JetStreamManagement management = resources.nats().jetStreamManagement();
            long last = management.getStreamInfo(resources.name()).getStreamState().getLastSequence();
            while (streamRead < last) {
                var message = management.getMessage(resources.name(), streamRead + 1);
                arrivals.get(Target.NATS).add(Arrival.of(new String(message.getData(), StandardCharsets.UTF_8)));
                streamRead++;
            }
        } catch (JetStreamApiException e) {
            throw new IOException(e);
        }
    }

    /** The changes among the dead letters for the target. */
    synchronized Set<Change> deadLetters(Target target) {
        return Set.copyOf(deadLetters.get(target));
    }

    /** The number in each document, by item. */
    Map<String, Integer> documents() {
        return resources.documents();
    }

    @Override
    public void close() throws InterruptedException {
        for (var reader : readers) {
            reader.close();
        }
    }
}
