package io.distributary.routes.live;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/** Sources and targets that note when they start and end and what passes; a target completes an exchange when told to. */
final class RecordedComponent extends DefaultComponent {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Map<String, Source> sources = new ConcurrentHashMap<>();
    private final Map<String, Runnable> held = new ConcurrentHashMap<>();

    /** In the order in which they happened. */
    List<String> events() {
        return List.copyOf(events);
    }

    /** The last one started of this name. */
    Source source(String name) {
        return sources.get(name);
    }

    boolean holds(String body) {
        return held.containsKey(body);
    }

    void complete(String body) {
        held.remove(body).run();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        parameters.clear();
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new Target(this, remaining);
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                return new Source(this, processor, remaining);
            }
        };
    }

    /** Hands out what the test emits; may have more to finish than what is in flight, as a stream's source. */
    final class Source extends DefaultConsumer implements ShutdownAware, Suspendable {
        private final String name;
        private final AtomicInteger inFlight = new AtomicInteger();
        private final AtomicInteger looks = new AtomicInteger();
        private volatile int waiting;

        Source(Endpoint endpoint, Processor processor, String name) {
            super(endpoint, processor);
            this.name = name;
        }

        void emit(String body) {
            Exchange exchange = createExchange(false);
            exchange.getMessage().setBody(body);
            inFlight.incrementAndGet();
            getAsyncProcessor().process(exchange, doneSync -> {
                events.add(body + (exchange.getException() == null ? " done" : " failed: " + exchange.getException()));
                inFlight.decrementAndGet();
                releaseExchange(exchange, false);
            });
        }

        /** Besides what is in flight. */
        void waiting(int records) {
            waiting = records;
        }

        /** How often it was asked for what is pending since it was suspended. */
        int looks() {
            return looks.get();
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            Source before = sources.put(name, this);
            int left = before == null ? 0 : before.inFlight.get();
            events.add("source " + name + " starts" + (left == 0 ? "" : " with " + left + " in flight"));
        }

        @Override
        protected void doSuspend() {
            events.add("source " + name + " suspends");
        }

        @Override
        protected void doStop() throws Exception {
            events.add("source " + name + " stops");
            super.doStop();
        }

        @Override
        public int getPendingExchangesSize() {
            if (isSuspended()) {
                looks.incrementAndGet();
            }
            return isStopped() ? 0 : inFlight.get() + waiting;
        }

        @Override
        public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
            return false;
        }

        @Override
        public void prepareShutdown(boolean suspendOnly, boolean forced) {
            // nothing beyond suspending
        }
    }

    private final class Target extends DefaultAsyncProducer {
        private final String name;

        Target(Endpoint endpoint, String name) {
            super(endpoint);
            this.name = name;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            held.put(exchange.getMessage().getBody(String.class), () -> callback.done(false));
            return false;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            events.add("target " + name + " starts");
        }

        @Override
        protected void doStop() throws Exception {
            events.add("target " + name + " stops");
            super.doStop();
        }
    }
}
