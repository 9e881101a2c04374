package io.distributary.feed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.distributary.preview.OutsideStep;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.EndpointAware;
import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.processor.RecipientList;
import org.apache.camel.processor.RoutingSlip;
import org.apache.camel.processor.SendDynamicProcessor;
import org.apache.camel.processor.WireTapProcessor;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;

/** Finds where a route of a started {@link FedContext} sends: through its kamelets and the routes it is joined to, without its dead letters. */
public final class RouteTargets {
    private final CamelContext context;
    private final Set<String> routes = new HashSet<>();
    private final Set<Processor> seen = new HashSet<>();
    private final List<RouteTarget> targets = new ArrayList<>();

    private RouteTargets(CamelContext context) {
        this.context = context;
    }

    /** In the order of the steps; what a bean or a processor of your own sends is not seen. */
    public static List<RouteTarget> of(CamelContext context, String routeId) {
        RouteTargets found = new RouteTargets(context);
        found.route(context.getRoute(routeId));
        return List.copyOf(found.targets);
    }

    private void route(Route route) {
        if (route != null && routes.add(route.getRouteId())) {
            step(route.getProcessor());
        }
    }

    private void step(Processor step) {
        if (step == null || !seen.add(step)) {
            return;
        }
        if (step instanceof EndpointAware sending) {
            endpoint(sending.getEndpoint());
        } else if (step instanceof SendDynamicProcessor || step instanceof WireTapProcessor || step instanceof RecipientList
                || step instanceof RoutingSlip) {
            targets.add(new RouteTarget("what a " + step.getClass().getSimpleName().replace("Processor", "") + " step chooses", null));
        } else if (step instanceof OutsideStep outside && outside.sends()) {
            targets.add(new RouteTarget("the step " + step.getClass().getSimpleName(), null));
        }
        if (step instanceof Navigate<?> inner && inner.hasNext()) {
            List.copyOf(inner.next()).forEach(each -> step((Processor) each));
        }
    }

    private void endpoint(Endpoint endpoint) {
        if (endpoint instanceof KameletEndpoint kamelet) {
            route(context.getRoute(kamelet.getRouteId()));
        } else if (endpoint instanceof FedEndpoint fed) {
            if (!LocalSchemes.sendsNothing(fed.original())) {
                targets.add(new RouteTarget(name(fed.original()), fed.original()));
            }
        } else {
            context.getRoutes().stream().filter(route -> route.getEndpoint() == endpoint).forEach(this::route);
        }
    }

    private static String name(Endpoint endpoint) {
        return URISupport.sanitizeUri(StringHelper.before(endpoint.getEndpointUri(), "?", endpoint.getEndpointUri())).replace("://", ":");
    }
}
