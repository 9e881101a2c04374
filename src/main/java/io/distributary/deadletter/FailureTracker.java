package io.distributary.deadletter;

import java.time.Clock;
import java.time.Instant;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.util.URISupport;

/**
 * Notes every failed attempt on the exchange, for the dead letter: Camel's own redelivery counter is gone by the time a
 * dead letter channel runs. For {@code onExceptionOccurredRef} of a dead letter channel. Thread-safe.
 */
public final class FailureTracker implements Processor {
    /**
     * Exchange property that a sink kamelet sets to its own URI as its first step, so that a dead letter names the step to
     * send to again and not an endpoint inside it.
     */
    public static final String TARGET = "DistributaryTarget";

    private final Clock clock;

    public FailureTracker() {
        this(Clock.systemUTC());
    }

    FailureTracker(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Instant now = clock.instant();
        // removed, so that a later failure elsewhere is not laid at this target's door
        String target = (String) exchange.removeProperty(TARGET);
        String endpoint = exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT, String.class);
        Route route = ExchangeHelper.getRoute(exchange);
        Failure failure = new Failure(sanitized(target), sanitized(endpoint),
                route == null ? exchange.getFromRouteId() : route.getRouteId(), 1, now, now);
        Failure before = exchange.getProperty(Failure.EXCHANGE_PROPERTY, Failure.class);
        exchange.setProperty(Failure.EXCHANGE_PROPERTY, failure.sameDelivery(before) ? before.again(now) : failure);
    }

    private static String sanitized(String uri) {
        return uri == null ? null : URISupport.sanitizeUri(uri);
    }
}
