package io.distributary.diagnosis;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Refuses a kamelet's parameter that the kamelet does not have. Camel passes it over in silence: the kamelet then runs on
 * its default.
 */
public final class KameletParameters extends LifecycleStrategySupport {
    private static final Set<String> CAMELS_OWN = Set.of(Kamelet.PARAM_TEMPLATE_ID, Kamelet.PARAM_ROUTE_ID, Kamelet.PARAM_UUID,
            Kamelet.PARAM_LOCATION, Kamelet.NO_ERROR_HANDLER, Kamelet.PARENT_ROUTE_ID, Kamelet.PARENT_PROCESSOR_ID,
            "bridgeErrorHandler");

    /** By now every route is made, from kamelets too, and none has started. */
    @Override
    public void onContextStarting(CamelContext context) {
        check(context);
    }

    /** A route that is added later: made, and not yet started. */
    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        routes.stream().findFirst().map(Route::getCamelContext).filter(CamelContext::isStarted).ifPresent(KameletParameters::check);
    }

    private static void check(CamelContext context) {
        context.getEndpoints().stream()
                .filter(KameletEndpoint.class::isInstance).map(KameletEndpoint.class::cast)
                .forEach(endpoint -> check(context, endpoint));
    }

    private static void check(CamelContext context, KameletEndpoint endpoint) {
        RouteTemplateDefinition kamelet = context.getCamelContextExtension().getContextPlugin(Model.class)
                .getRouteTemplateDefinition(endpoint.getTemplateId());
        if (kamelet == null || endpoint.getKameletProperties() == null) {
            return;
        }
        List<String> known = kamelet.getTemplateParameters().stream().map(RouteTemplateParameterDefinition::getName).toList();
        Set<String> unknown = new TreeSet<>(endpoint.getKameletProperties().keySet());
        unknown.removeAll(CAMELS_OWN);
        known.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new ConfigurationProblem("kamelet " + endpoint.getTemplateId() + " has no parameter "
                    + unknown.stream().map(name -> name + ": " + Suggestion.of(name, known))
                            .collect(Collectors.joining("; ")));
        }
    }
}
