package io.distributary.redrive;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.BiPredicate;

import io.distributary.deadletter.store.DeadLetterStore;
import io.distributary.deadletter.store.StoredDeadLetter;
import io.distributary.event.ChangeEvent;
import io.distributary.feed.FedContext;
import io.distributary.feed.Senders;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Routes with the shipped kamelets, whose sends are noted here and may fail. */
final class FedRoutesFixture implements AutoCloseable {
    /** With other readers of the store. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Targets in the order of their names, and what each got: change and body. */
    final Map<String, List<String>> sent = Collections.synchronizedMap(new TreeMap<>());
    final Map<String, List<String>> bodies = Collections.synchronizedMap(new TreeMap<>());
    final List<String> results = Collections.synchronizedList(new ArrayList<>());
    final FedContext context;

    /** Whether a target refuses a change. */
    private volatile BiPredicate<String, String> refuses = (target, event) -> false;

    FedRoutesFixture(String routes) throws Exception {
        this(routes, null);
    }

    /** @param senders in place of those noted here; or null */
    FedRoutesFixture(String routes, Senders senders) throws Exception {
        context = new FedContext(senders != null ? senders : (endpoint, behind) -> new DefaultAsyncProducer(behind) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                note(endpoint.getEndpointUri().replaceFirst("^([a-z0-9-]+):(//)?([^?]*).*", "$1:$3"), exchange);
                callback.done(true);
                return true;
            }
        });
        KameletComponent kamelets = context.getComponent("kamelet", KameletComponent.class);
        kamelets.setLocation("file:kamelets");
        kamelets.setNoErrorHandler(true);
        context.getPropertiesComponent().addInitialProperty("aws.region", "us-east-1");
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("test.yaml", routes));
        context.start();
    }

    void refuse(BiPredicate<String, String> these) {
        refuses = these;
    }

    private void note(String target, Exchange exchange) {
        String id = exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class).eventId();
        if (refuses.test(target, id)) {
            exchange.setException(new IllegalStateException(target + " refuses " + id));
        } else {
            sent.computeIfAbsent(target, name -> Collections.synchronizedList(new ArrayList<>())).add(id);
            bodies.computeIfAbsent(target, name -> Collections.synchronizedList(new ArrayList<>()))
                    .add(exchange.getMessage().getBody(String.class));
        }
    }

    /** @param now the items of the table by their keys */
    RedriveSummary redrive(Letters store, Map<String, String> now, RedriveOptions options) throws InterruptedException {
        return new Redrive(context, store, options, result -> results.add(result.letter().id() + " " + result.outcome()),
                new Redrive.Items() {
                    @Override
                    public TableItem of(ChangeEvent change) {
                        return TableItem.of(Fixtures.item(change.itemKey(), now.get(change.itemKey())));
                    }

                    @Override
                    public void close() {
                        // nothing is open
                    }
                }, PATIENCE).run(so -> { });
    }

    @Override
    public void close() {
        context.stop();
    }

    /** Dead letters in memory, in the order given. */
    static final class Letters implements DeadLetterStore {
        final List<StoredDeadLetter> stored = Collections.synchronizedList(new ArrayList<>());
        private final java.util.Iterator<StoredDeadLetter> next;
        /** What each look says. */
        final Queue<Long> withOthers = new ArrayDeque<>();

        Letters(StoredDeadLetter... letters) {
            stored.addAll(List.of(letters));
            next = List.of(letters).iterator();
        }

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public long withOthers() {
            return withOthers.isEmpty() ? 0 : withOthers.size() == 1 ? withOthers.element() : withOthers.remove();
        }

        @Override
        public boolean hasNext() {
            return next.hasNext();
        }

        @Override
        public StoredDeadLetter next() {
            return next.next();
        }

        @Override
        public void remove(StoredDeadLetter letter) {
            stored.remove(letter);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
