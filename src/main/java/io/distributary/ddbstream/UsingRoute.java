package io.distributary.ddbstream;

import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultConsumer;

/**
 * The route that uses the source, which names checkpoints and dead letters: of a source kamelet the one that starts from it,
 * as the kamelet's own route is numbered in the order of starting.
 *
 * @param id    of the route
 * @param named whether that is its own, and not a number too
 */
record UsingRoute(String id, boolean named) {
    /** Where Camel notes the route that uses a kamelet. */
    private static final String PARENT = "parentRouteId";

    static UsingRoute of(DefaultConsumer consumer) {
        Route route = consumer.getRoute();
        RouteDefinition parent = route != null && route.isCreatedByKamelet() ? parent(consumer) : null;
        if (parent != null) {
            return new UsingRoute(parent.getRouteId(), parent.hasCustomIdAssigned());
        }
        return new UsingRoute(consumer.getRouteId(),
                route == null || "true".equals(route.getProperties().get(Route.CUSTOM_ID_PROPERTY)));
    }

    private static RouteDefinition parent(DefaultConsumer consumer) {
        Model model = consumer.getEndpoint().getCamelContext().getCamelContextExtension().getContextPlugin(Model.class);
        RouteDefinition kamelet = model == null ? null : model.getRouteDefinition(consumer.getRouteId());
        Object parent = kamelet == null || kamelet.getTemplateParameters() == null ? null : kamelet.getTemplateParameters().get(PARENT);
        return parent == null ? null : model.getRouteDefinition(parent.toString());
    }
}
