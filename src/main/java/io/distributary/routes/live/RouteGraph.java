package io.distributary.routes.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.distributary.ddbstream.DdbStreamEndpoint;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.EndpointAware;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.errorhandler.RedeliveryErrorHandler;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Which of the running routes were made from kamelets, and which others use them. Camel makes one for each different kamelet
 * URI, however many routes have it, notes only the first of them as its parent, and never removes it.
 */
public final class RouteGraph {
    private final CamelContext context;

    public RouteGraph(CamelContext context) {
        this.context = context;
    }

    /** The routes that a kamelet in {@code from} makes read for this one, sources first; then the route itself, started or not. */
    List<String> withSources(String routeId) {
        Deque<String> chain = new ArrayDeque<>();
        String id = routeId;
        while (id != null && !chain.contains(id)) {
            chain.push(id);
            Route route = context.getRoute(id);
            id = route == null ? null : kamelet(route.getEndpoint()).map(KameletEndpoint::getRouteId).orElse(null);
        }
        return new ArrayList<>(chain);
    }

    /** The routes made from one of these kamelets. */
    List<String> madeFrom(Collection<String> kamelets) {
        return kameletRoutes().stream().filter(route -> kamelets.contains(parameter(route, Kamelet.PARAM_TEMPLATE_ID)))
                .map(RouteDefinition::getRouteId).toList();
    }

    /**
     * The routes made from kamelets that no route uses any more.
     *
     * @param kept kamelets that may be used in ways that cannot be seen
     */
    List<String> unused(Collection<String> kept) {
        Set<String> used = used();
        return kameletRoutes().stream()
                .filter(route -> !used.contains(route.getRouteId()))
                .filter(route -> parameter(route, Kamelet.PARENT_ROUTE_ID) != null) // else made when a message passed
                .filter(route -> !kept.contains(parameter(route, Kamelet.PARAM_TEMPLATE_ID)))
                .map(RouteDefinition::getRouteId).toList();
    }

    /** Endpoints without the route they stand for: a route that asks for one again must get a new route with it. */
    List<Endpoint> orphans() {
        return context.getEndpoints().stream()
                .filter(endpoint -> kamelet(endpoint).filter(kamelet -> context.getRoute(kamelet.getRouteId()) == null).isPresent())
                .toList();
    }

    /** Where a route may send to or read from, kamelets seen through; without what it looks up when a message passes. */
    public Set<Endpoint> reached(Route route) {
        Set<Endpoint> reached = new LinkedHashSet<>();
        Deque<Route> left = new ArrayDeque<>(List.of(route));
        while (!left.isEmpty()) {
            for (Endpoint endpoint : endpoints(left.pop())) {
                if (reached.add(endpoint)) {
                    kamelet(endpoint).map(KameletEndpoint::getRouteId).map(context::getRoute).ifPresent(left::add);
                }
            }
        }
        return reached;
    }

    /** The same from an endpoint on: itself, and for a kamelet what its route reaches. */
    public Set<Endpoint> reached(Endpoint from) {
        Set<Endpoint> reached = new LinkedHashSet<>(Set.of(from));
        kamelet(from).map(KameletEndpoint::getRouteId).map(context::getRoute).ifPresent(route -> reached.addAll(reached(route)));
        return reached;
    }

    /** Where the route's dead letter channel sends to; empty where it has none. */
    public Optional<String> deadLetterUri(Route route) {
        return route.getServices().stream().flatMap(service -> ServiceHelper.getChildServices(service, true).stream())
                .filter(RedeliveryErrorHandler.class::isInstance).map(RedeliveryErrorHandler.class::cast)
                .map(RedeliveryErrorHandler::getDeadLetterUri).filter(Objects::nonNull).findFirst();
    }

    private Set<String> used() {
        Set<String> used = new LinkedHashSet<>();
        Deque<Route> left = new ArrayDeque<>(context.getRoutes().stream().filter(route -> !route.isCreatedByKamelet()).toList());
        while (!left.isEmpty()) {
            for (Endpoint endpoint : endpoints(left.pop())) {
                Route child = kamelet(endpoint).map(KameletEndpoint::getRouteId).map(context::getRoute).orElse(null);
                if (child != null && used.add(child.getRouteId())) {
                    left.add(child);
                }
            }
        }
        return used;
    }

    private Set<Endpoint> endpoints(Route route) {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        endpoints.add(route.getEndpoint());
        if (route.getEndpoint() instanceof DdbStreamEndpoint source && source.getConfiguration().getDeadLetterUri() != null) {
            endpoints.add(context.getEndpoint(source.getConfiguration().getDeadLetterUri()));
        }
        List<Service> services = new ArrayList<>(route.getServices());
        services(route.getOnExceptions(), services);
        services(route.getOnCompletions(), services);
        for (Service service : services) {
            gather(service, endpoints);
        }
        return endpoints;
    }

    private static void gather(Service service, Set<Endpoint> endpoints) {
        for (Service child : ServiceHelper.getChildServices(service, true)) {
            if (child instanceof EndpointAware aware && aware.getEndpoint() != null) {
                endpoints.add(aware.getEndpoint());
            }
            // An error handler does not show its dead letter channel as a child.
            if (child instanceof RedeliveryErrorHandler handler && handler.getDeadLetter() instanceof Service deadLetter) {
                gather(deadLetter, endpoints);
            }
        }
    }

    private static void services(Collection<Processor> processors, List<Service> into) {
        processors.stream().filter(Service.class::isInstance).map(Service.class::cast).forEach(into::add);
    }

    /** Empty also for {@code kamelet:source} and {@code kamelet:sink}, which stand for a kamelet's two ends. */
    private static Optional<KameletEndpoint> kamelet(Endpoint endpoint) {
        return endpoint instanceof KameletEndpoint kamelet
                && !kamelet.getEndpointUri().matches("kamelet:(//)?(source|sink)(\\?.*)?") ? Optional.of(kamelet) : Optional.empty();
    }

    private List<RouteDefinition> kameletRoutes() {
        return List.copyOf(context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions()).stream()
                .filter(route -> Boolean.TRUE.equals(route.isKamelet())).toList();
    }

    private static Object parameter(RouteDefinition route, String name) {
        Map<String, Object> parameters = route.getTemplateParameters();
        return parameters == null ? null : parameters.get(name);
    }
}
