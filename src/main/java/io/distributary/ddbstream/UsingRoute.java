package io.distributary.ddbstream;

import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The route that uses the source, which names checkpoints and dead letters: of a source kamelet the one that starts from it,
 * as the kamelet's own route is numbered in the order of starting.
 *
 * @param id    of the route
 * @param named whether that is its own, and not a number too
 */
record UsingRoute(String id, boolean named) {
    private static final Logger LOG = LoggerFactory.getLogger(UsingRoute.class);
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

    /** Whose checkpoints the route has: the option, or its id. */
    String applicationName(DdbStreamConfiguration options) {
        if (options.getApplicationName() != null && !options.getApplicationName().isBlank()) {
            return options.getApplicationName();
        }
        if (!named) {
            LOG.warn("The route from aws2-ddbstream:{} has no id of its own, so its checkpoints are kept under '{}', which"
                    + " another order of the routes would change: give the route an id, or set applicationName.",
                    options.getTableName(), id);
        }
        return id;
    }

    private static RouteDefinition parent(DefaultConsumer consumer) {
        Model model = consumer.getEndpoint().getCamelContext().getCamelContextExtension().getContextPlugin(Model.class);
        RouteDefinition kamelet = model == null ? null : model.getRouteDefinition(consumer.getRouteId());
        Object parent = kamelet == null || kamelet.getTemplateParameters() == null ? null : kamelet.getTemplateParameters().get(PARENT);
        return parent == null ? null : model.getRouteDefinition(parent.toString());
    }
}
