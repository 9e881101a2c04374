package io.distributary.feed;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.distributary.ddbstream.DdbStreamConfiguration;
import io.distributary.ddbstream.DdbStreamEndpoint;
import io.distributary.ddbstream.ExchangeHandler;
import io.distributary.ddbstream.ExchangeMode;
import io.distributary.ddbstream.SourceTable;
import io.distributary.event.ChangeEvent;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultConsumer;

/**
 * The way into a route of a started {@link FedContext}, in place of its source, or into a running route beside its source: exchanges
 * are made as that makes them. Thread-safe.
 */
public final class RouteFeed {
    private final DefaultConsumer consumer;
    private final ExchangeHandler handler;

    /** @param routeId that counts what goes this way: of a source kamelet the route that starts from it */
    private RouteFeed(DefaultConsumer consumer, String routeId) {
        this.consumer = consumer;
        this.handler = new ExchangeHandler(consumer, routeId, null);
    }

    /** Of the route, or of the source kamelet that it is from; empty where there is no such route. */
    public static Optional<RouteFeed> of(CamelContext context, String routeId) {
        Route route = context.getRoute(routeId);
        if (route == null) {
            return Optional.empty();
        }
        return source(context, route).or(() -> Optional.of(new RouteFeed((DefaultConsumer) route.getConsumer(), route.getRouteId())));
    }

    /** As {@link #of}; empty where the route gets its exchanges from other routes only. */
    public static Optional<RouteFeed> ofSource(CamelContext context, String routeId) {
        Route route = context.getRoute(routeId);
        return route == null ? Optional.empty() : source(context, route);
    }

    private static Optional<RouteFeed> source(CamelContext context, Route route) {
        return isSource(route) ? Optional.of(new RouteFeed((DefaultConsumer) route.getConsumer(), route.getRouteId())) : kamelet(context, route.getRouteId());
    }

    private static boolean isSource(Route route) {
        return route != null && route.getConsumer() instanceof DefaultConsumer consumer && original(consumer) instanceof DdbStreamEndpoint
                || route != null && route.getEndpoint() instanceof FedEndpoint;
    }

    private static Endpoint original(DefaultConsumer consumer) {
        return consumer.getEndpoint() instanceof FedEndpoint fed ? fed.original() : consumer.getEndpoint();
    }

    private static Optional<RouteFeed> kamelet(CamelContext context, String parent) {
        for (RouteDefinition definition : context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions()) {
            boolean child = definition.getTemplateParameters() != null
                    && parent.equals(definition.getTemplateParameters().get("parentRouteId"));
            Route route = child ? context.getRoute(definition.getRouteId()) : null;
            if (isSource(route)) {
                return Optional.of(new RouteFeed((DefaultConsumer) route.getConsumer(), parent));
            }
        }
        return Optional.empty();
    }

    /** The source in whose place this is; empty where the route is fed by something else than a table's stream. */
    public Optional<DdbStreamEndpoint> source() {
        return consumer.getEndpoint() instanceof FedEndpoint fed && fed.original() instanceof DdbStreamEndpoint stream
                ? Optional.of(stream) : Optional.empty();
    }

    /** One of the tables of the {@link #source}; to be closed. */
    public SourceTable table(String name) {
        return SourceTable.of(consumer, source().orElseThrow(), name);
    }

    /** How many records go into one exchange; 0 where each goes alone, as a change and not as a list. */
    public int batchSize() {
        if (!(original(consumer) instanceof DdbStreamEndpoint stream)) {
            return 0;
        }
        DdbStreamConfiguration options = stream.getConfiguration();
        return options.getExchangeMode() == ExchangeMode.RECORD ? 0 : options.getBatchSize();
    }

    /** @param done with null when the route is done with the change, else with the reason why it failed; on any thread */
    public void send(ChangeEvent event, Consumer<Throwable> done) {
        handler.handle(event, done);
    }

    /**
     * As {@link #send(ChangeEvent, Consumer)}, alone whatever the batch size is.
     *
     * @param prepare gets the exchange before the route does
     */
    public void send(ChangeEvent event, Consumer<Exchange> prepare, Consumer<Throwable> done) {
        if (batchSize() == 0) {
            handler.handle(event, prepare, done);
        } else {
            handler.handle(List.of(event), prepare, done);
        }
    }

    /** The table or tables that the route is from, as its source names them; empty where it is from none. */
    public Optional<String> tables() {
        return original(consumer) instanceof DdbStreamEndpoint stream ? Optional.ofNullable(stream.getConfiguration().getTableName())
                : Optional.empty();
    }

    /** As {@link #send(ChangeEvent, Consumer)}, of a batch in which no item is twice. */
    public void send(List<ChangeEvent> events, Consumer<Throwable> done) {
        handler.handle(List.copyOf(events), done);
    }
}
