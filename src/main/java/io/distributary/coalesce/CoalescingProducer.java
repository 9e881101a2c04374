package io.distributary.coalesce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.distributary.event.BatchItemFailuresException;
import io.distributary.event.ChangeEvent;
import io.distributary.event.RecordContext;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Sends exchanges through a {@link Coalescer} and completes each by its own entry's outcome; one with a batch of changes
 * when all its records have theirs, then by {@link BatchItemFailuresException} where some failed.
 *
 * @param <M> what the transport sends
 */
public abstract class CoalescingProducer<M> extends DefaultAsyncProducer {
    private TargetThreads threads;
    private String target;
    private Coalescer<M> coalescer;
    private TargetMeters meters;
    private TargetHealthCheck check;

    protected CoalescingProducer(Endpoint endpoint) {
        super(endpoint);
    }

    /**
     * What is to be sent.
     *
     * @param <M>   what the transport sends
     * @param lane  as {@link Entry#lane()}
     * @param bytes as {@link Entry#bytes()}
     */
    public record Message<M>(M message, String lane, int bytes) {
    }

    /**
     * Makes the message; on the caller's thread.
     *
     * @throws Exception where it cannot be sent: that part fails, its meter counts
     */
    protected abstract Message<M> prepare(Part part) throws Exception;

    /** The most bytes that one message may have, as {@link Entry#bytes()} counts: a larger one is refused before it is sent. */
    protected long maxMessageBytes() {
        return Long.MAX_VALUE;
    }

    /** Hands an entry on; to be overridden where one producer has several targets. As {@link Coalescer#submit}. */
    protected void submit(Entry<M> entry) throws InterruptedException {
        coalescer.submit(entry);
    }

    /** Takes the coalescer and its threads, to close them; called at every start. */
    protected final void open(TargetThreads threads, Coalescer<M> coalescer, TargetMeters meters) {
        open(threads, coalescer.target(), meters);
        this.coalescer = coalescer;
    }

    /** As above for a producer that overrides {@link #submit}, whose coalescers are its own to close before. */
    protected final void open(TargetThreads threads, String target, TargetMeters meters) {
        this.threads = threads;
        this.target = target;
        this.meters = meters;
        meters.health().tellAs(target);
        this.check = TargetHealthCheck.register(getEndpoint(), target, meters.health());
    }

    /** The target as its health check names it, {@code aws2-sqs:orders}; null before the first start. */
    public String target() {
        return target;
    }

    @Override
    protected void doStop() throws Exception {
        if (check != null) {
            check.close();
            check = null;
        }
        if (coalescer != null) {
            coalescer.close();
            coalescer = null;
        }
        if (threads != null) {
            threads.close();
            threads = null;
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        List<Part> parts = Part.of(exchange);
        TargetMeters counting = meters; // a stop may come before the last answer
        String route = route(exchange);
        Gathering gathering = new Gathering(exchange, callback, parts);
        for (int i = 0; i < parts.size(); i++) {
            int index = i;
            send(parts.get(i), failure -> {
                counting.ended(route, failure == null);
                gathering.done(index, failure);
            });
        }
        return false;
    }

    private static String route(Exchange exchange) {
        String users = exchange.getProperty(ChangeEvent.ROUTE_PROPERTY, String.class);
        return users != null ? users : exchange.getFromRouteId() == null ? "" : exchange.getFromRouteId();
    }

    private void send(Part part, Consumer<Exception> done) {
        Entry<M> entry;
        try {
            Message<M> message = prepare(part);
            if (message.bytes() > maxMessageBytes()) {
                throw DeliveryException.tooLarge(target, part.id(), message.bytes(), maxMessageBytes());
            }
            entry = new Entry<>(message.message(), part.id(), message.lane(), message.bytes(), done);
        } catch (Exception e) {
            meters.failed();
            done.accept(e);
            return;
        }
        try {
            submit(entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            done.accept(e);
        }
    }

    /** The outcomes of one exchange's parts; the last completes it. */
    private static final class Gathering {
        private final Exchange exchange;
        private final AsyncCallback callback;
        private final List<Part> parts;
        private final AtomicInteger open;
        /** Each part's own, which the count of the open ones publishes to the last. */
        private final Exception[] failures;

        Gathering(Exchange exchange, AsyncCallback callback, List<Part> parts) {
            this.exchange = exchange;
            this.callback = callback;
            this.parts = parts;
            this.open = new AtomicInteger(parts.size());
            this.failures = new Exception[parts.size()];
        }

        void done(int index, Exception failure) {
            failures[index] = failure;
            if (open.decrementAndGet() == 0) {
                complete();
            }
        }

        private void complete() {
            Exception failure = parts.size() == 1 ? failures[0] : batchFailure();
            if (failure != null) {
                exchange.setException(failure);
            }
            try (RecordContext context = RecordContext.inRoute(parts.size() == 1 ? parts.get(0).event() : null)) {
                callback.done(false);
            }
        }

        /** Null where all were delivered. */
        private Exception batchFailure() {
            Map<String, Exception> byId = new LinkedHashMap<>();
            for (int i = 0; i < failures.length; i++) {
                if (failures[i] != null) {
                    byId.put(parts.get(i).id(), failures[i]);
                }
            }
            return byId.isEmpty() ? null : new BatchItemFailuresException(byId);
        }
    }
}
