package io.distributary.bench.crash;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.MessageConsumer;
import io.nats.client.api.OrderedConsumerConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What JetStream holds, as it comes. Safe for use by many threads. */
final class Arrivals implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final MessageConsumer consumer;
    private final Runnable onNew;
    private final List<Arrival> all = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private long newest = System.nanoTime();
    private int generation;
    private int ofGeneration;

    /** @param onNew called for each change that arrives for the first time */
    Arrivals(Connection connection, String stream, Runnable onNew) throws IOException, JetStreamApiException {
        this.onNew = onNew;
        consumer = connection.getStreamContext(stream).createOrderedConsumer(new OrderedConsumerConfiguration())
                .consume(message -> add(Arrival.of(message)));
    }

    private void add(Arrival arrival) {
        boolean first;
        synchronized (this) {
            all.add(arrival);
            first = ids.add(arrival.eventId());
            newest = System.nanoTime();
            ofGeneration = arrival.generation() == generation ? ofGeneration + 1 : 1;
            generation = arrival.generation();
            notifyAll();
        }
        if (first) {
            onNew.run();
        }
    }

    /** Waits for so many arrivals of one start of the application; false when {@code giveUp} says so before. */
    synchronized boolean await(int wantedGeneration, int count, BooleanSupplier giveUp) throws InterruptedException {
        while (generation != wantedGeneration || ofGeneration < count) {
            if (giveUp.getAsBoolean()) {
                return false;
            }
            wait(LOOK_AGAIN.toMillis());
        }
        return true;
    }

    /** Waits until all of these changes have arrived; false when {@code giveUp} says so before. */
    synchronized boolean awaitAll(Set<String> eventIds, BooleanSupplier giveUp) throws InterruptedException {
        while (!ids.containsAll(eventIds)) {
            if (giveUp.getAsBoolean()) {
                return false;
            }
            wait(LOOK_AGAIN.toMillis());
        }
        return true;
    }

    /** Time since the newest arrival. */
    synchronized Duration idle() {
        return Duration.ofNanos(System.nanoTime() - newest);
    }

    synchronized List<Arrival> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() throws Exception {
        consumer.close();
    }
}
