package io.distributary.dryrun;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.distributary.event.ChangeEvent;
import io.distributary.event.input.InputEvent;
import io.distributary.feed.FedContext;
import io.distributary.feed.RouteFeed;
import io.distributary.nats.NatsConnection;
import io.distributary.preview.DraftingEndpoint;
import io.nats.client.Connection;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.BrowsableEndpoint;
import org.apache.camel.spi.ShutdownAware;

/**
 * Runs records through a route of a context that sends nothing and connects to nothing: the routes, kamelets, filters and
 * transformations are the real ones, only sources and targets are not. One exchange at a time. Not thread-safe.
 */
public final class DryRun {
    /** For what a route hands to other threads, as by wireTap. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** So many looks, a millisecond apart, have to find nothing under way where there are queues. */
    private static final int QUIET_LOOKS = 20;

    private final Tracer tracer = new Tracer();
    private final FedContext context;

    /** The context is to be given routes and to be started by the caller. */
    public DryRun() {
        context = new FedContext((original, behind) -> new DraftProducer(behind, original,
                original instanceof DraftingEndpoint drafting ? drafting.drafts().orElse(null) : null, tracer));
        context.getCamelContextExtension().addInterceptStrategy(tracer);
        context.setSourceLocationEnabled(true);
    }

    /** The context to put routes into. */
    public FedContext context() {
        return context;
    }

    /** Puts a connection that cannot be used in the place of one that routes name, as looking it up would open it. */
    public static void closeOff(CamelContext context) {
        Object unusable = Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "toString" -> "no connection: a dry run";
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException("A dry run does not connect to NATS");
                });
        context.getRegistry().bind(NatsConnection.REGISTRY_NAME, Connection.class, unusable);
    }

    /**
     * @param outcomes told of each exchange when the route is done with it, on the caller's thread
     * @throws RuntimeException what the records throw, when everything before has been run
     */
    public void run(RouteFeed route, Iterator<InputEvent> records, Consumer<Outcome> outcomes) {
        long number = 1;
        List<InputEvent> batch = new ArrayList<>();
        Set<String> items = new HashSet<>();
        try {
            while (records.hasNext()) {
                InputEvent record = records.next();
                if (!items.add(item(record.event()))) {
                    number = run(route, number, batch, outcomes);
                    items.clear();
                    items.add(item(record.event()));
                }
                batch.add(record);
                if (batch.size() >= route.batchSize()) {
                    number = run(route, number, batch, outcomes);
                    items.clear();
                }
            }
        } finally {
            run(route, number, batch, outcomes);
        }
    }

    private long run(RouteFeed route, long number, List<InputEvent> batch, Consumer<Outcome> outcomes) {
        if (batch.isEmpty()) {
            return number;
        }
        outcomes.accept(one(route, number, batch));
        long next = number + batch.size();
        batch.clear();
        return next;
    }

    private Outcome one(RouteFeed route, long number, List<InputEvent> records) {
        Trace trace = tracer.begin();
        CompletableFuture<Throwable> done = new CompletableFuture<>();
        if (route.batchSize() == 0) {
            route.send(records.get(0).event(), done::complete);
        } else {
            route.send(records.stream().map(InputEvent::event).toList(), done::complete);
        }
        Throwable failure = done.join();
        awaitOthers();
        return new Outcome(number, List.copyOf(records), trace.steps(), failure == null ? null : Tracer.reason(failure));
    }

    private void awaitOthers() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<ShutdownAware> queues = queues();
        int looks = queues.isEmpty() ? 1 : QUIET_LOOKS;
        for (int quiet = 0; quiet < looks && System.nanoTime() < end;) {
            quiet = isUnderWay(queues) ? 0 : quiet + 1;
            if (quiet < looks) {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
        }
    }

    private boolean isUnderWay(List<ShutdownAware> queues) {
        return context.getInflightRepository().size() > 0 || queues.stream().anyMatch(queue -> queue.getPendingExchangesSize() > 0);
    }

    /** Consumers of queues in this context, as seda's: an exchange is between its queue and the repository for a moment. */
    private List<ShutdownAware> queues() {
        return context.getRoutes().stream().map(Route::getConsumer).filter(consumer -> consumer.getEndpoint() instanceof BrowsableEndpoint)
                .filter(ShutdownAware.class::isInstance).map(ShutdownAware.class::cast).toList();
    }

    private static String item(ChangeEvent event) {
        return event.source().tableName() + '|' + event.itemKey();
    }
}
