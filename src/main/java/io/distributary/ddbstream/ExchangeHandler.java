package io.distributary.ddbstream;

import java.util.List;
import java.util.function.Consumer;

import io.distributary.ddbstream.shard.RecordHandler;
import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import io.distributary.event.ChangeEventHeaders;
import io.distributary.event.FailedAttempts;
import io.distributary.event.RecordContext;
import io.distributary.metrics.Meters;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.support.DefaultConsumer;

/** Makes an exchange of a record or a batch, and tells from what became of it what became of the records. */
public final class ExchangeHandler implements RecordHandler, AutoCloseable {
    private final DefaultConsumer consumer;
    private final AsyncProcessor route;
    private final AsyncProcessor deadLetters;
    private final String routeId;
    private final RouteMeters meters;

    /**
     * @param routeId     what dead letters name as the route
     * @param deadLetters takes the records that are given up; null where none ever is
     */
    public ExchangeHandler(DefaultConsumer consumer, String routeId, AsyncProcessor deadLetters) {
        this.consumer = consumer;
        this.route = consumer.getAsyncProcessor();
        this.routeId = routeId;
        this.deadLetters = deadLetters;
        this.meters = new RouteMeters(Meters.of(consumer.getEndpoint().getCamelContext()), routeId);
    }

    /** Takes its meters away; when nothing is handed to it any more. */
    @Override
    public void close() {
        meters.close();
    }

    @Override
    public void handle(ChangeEvent event, Consumer<Throwable> done) {
        handle(event, exchange -> { }, done);
    }

    /** @param prepare gets the exchange before the route does */
    public void handle(ChangeEvent event, Consumer<Exchange> prepare, Consumer<Throwable> done) {
        Exchange exchange = exchange(event);
        prepare.accept(exchange);
        try (RecordContext context = RecordContext.inRoute(event)) {
            route.process(exchange, doneSync -> {
                Throwable failure = failure(exchange);
                meters.count(1, failure, isFiltered(exchange));
                consumer.releaseExchange(exchange, false);
                done.accept(failure);
            });
        }
    }

    @Override
    public void handle(List<ChangeEvent> events, Consumer<Throwable> done) {
        handle(events, exchange -> { }, done);
    }

    /** @param prepare gets the exchange before the route does */
    public void handle(List<ChangeEvent> events, Consumer<Exchange> prepare, Consumer<Throwable> done) {
        Exchange exchange = consumer.createExchange(false);
        ChangeEventBatch.write(exchange, events);
        exchange.setProperty(ChangeEvent.ROUTE_PROPERTY, routeId);
        prepare.accept(exchange);
        route.process(exchange, doneSync -> {
            Throwable failure = batchFailure(exchange);
            meters.count(events.size(), failure, isFiltered(exchange));
            consumer.releaseExchange(exchange, false);
            done.accept(failure);
        });
    }

    @Override
    public void deadLetter(ChangeEvent event, FailedAttempts failed, Throwable reason, Consumer<Throwable> done) {
        Exchange exchange = exchange(event);
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, reason);
        exchange.setProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, routeId);
        exchange.setProperty(FailedAttempts.EXCHANGE_PROPERTY, failed);
        deadLetters.process(exchange, doneSync -> {
            Throwable failure = failure(exchange);
            if (failure == null) {
                meters.givenUp();
            }
            consumer.releaseExchange(exchange, false);
            done.accept(failure);
        });
    }

    private Exchange exchange(ChangeEvent event) {
        Exchange exchange = consumer.createExchange(false);
        exchange.setIn(new ChangeEventMessage(exchange.getContext(), event));
        exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
        exchange.setProperty(ChangeEvent.ROUTE_PROPERTY, routeId);
        return exchange;
    }

    /** Null when the route is done with the exchange; a dead letter channel leaves no exception behind. */
    private static Throwable failure(Exchange exchange) {
        if (exchange.getException() != null) {
            return exchange.getException();
        }
        return exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()
                ? new IllegalStateException("the exchange is marked for rollback") : null;
    }

    private static boolean isFiltered(Exchange exchange) {
        return exchange.isRouteStop() || PassedOver.is(exchange);
    }

    private static Throwable batchFailure(Exchange exchange) {
        Throwable failure = failure(exchange);
        if (failure != null) {
            return failure;
        }
        Object report = exchange.getProperty(ChangeEventHeaders.BATCH_ITEM_FAILURES);
        try {
            return BatchReport.read(report != null ? report
                    : exchange.getMessage().getHeader(ChangeEventHeaders.BATCH_ITEM_FAILURES));
        } catch (IllegalArgumentException e) {
            return e;
        }
    }
}
