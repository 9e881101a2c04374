package io.distributary.status;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.distributary.coalesce.TargetHealthCheck;
import io.distributary.ddbstream.DdbStreamEndpoint;
import io.distributary.ddbstream.SourceSnapshot;
import io.distributary.routes.live.RouteGraph;
import io.distributary.status.Counted.What;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;

/** Routes for people: state, counts and diagram. */
final class RouteStates implements RouteDiagram.Surroundings {
    private final CamelContext context;
    private final Model model;
    private final RouteGraph graph;
    private final Counted counted;
    private final Sampler sampler;
    private final List<SourceSnapshot> sources;
    private final Map<String, String> problems;
    private final List<TargetHealthCheck> checks;

    /** @param problems of files that are not in force as they were saved */
    RouteStates(CamelContext context, Counted counted, Sampler sampler, List<SourceSnapshot> sources, Map<String, String> problems) {
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.graph = new RouteGraph(context);
        this.counted = counted;
        this.sampler = sampler;
        this.sources = sources;
        this.problems = problems;
        this.checks = TargetStates.checks(context);
    }

    /** Those that a person wrote; Camel makes another for each use of a kamelet. */
    List<Status.Route> all() {
        return List.copyOf(model.getRouteDefinitions()).stream()
                .filter(route -> !Boolean.TRUE.equals(route.isKamelet()) && !Boolean.TRUE.equals(route.isTemplate()))
                .map(this::route).toList();
    }

    private Status.Route route(RouteDefinition definition) {
        String id = definition.getRouteId();
        Optional<Route> running = Optional.ofNullable(context.getRoute(id));
        String deadLetters = running.flatMap(graph::deadLetterUri).orElse(null);
        String givenUp = running.flatMap(this::givenUp).orElse(null);
        RouteDiagram diagram = new RouteDiagram(this).draw(definition,
                sources.stream().filter(source -> source.routeId().equals(id)).map(SourceStates::id).toList(), deadLetters, givenUp);
        String file = file(definition);
        String problem = file == null ? null : problems.get(file);
        boolean down = problem != null && Refusals.isDown(problem);
        int line = definition.getInput().getLineNumber();
        return new Status.Route(id, file, line > 0 ? line : null, state(id), down ? problem : null, down ? null : problem,
                deadLetters != null || givenUp != null, counts(id), rates(id), diagram.nodes(), diagram.edges());
    }

    /** Where its source sends what it gives up. */
    private Optional<String> givenUp(Route route) {
        return Stream.concat(Stream.of(route.getEndpoint()), graph.reached(route.getEndpoint()).stream())
                .filter(DdbStreamEndpoint.class::isInstance)
                .map(endpoint -> ((DdbStreamEndpoint) endpoint).getConfiguration().getDeadLetterUri())
                .filter(uri -> uri != null && !uri.isBlank()).findFirst();
    }

    private static String file(RouteDefinition definition) {
        String location = definition.getInput().getLocation() == null ? definition.getLocation() : definition.getInput().getLocation();
        return location == null ? null : location.replaceFirst("^file:", "");
    }

    private String state(String id) {
        ServiceStatus status = context.getRouteController().getRouteStatus(id);
        if (status == null) {
            return "STOPPED";
        }
        return status.isStarted() ? "RUNNING" : status.isSuspended() ? "SUSPENDED" : "STOPPED";
    }

    private Status.Counts counts(String id) {
        return new Status.Counts(outcome(id, "delivered"), outcome(id, "filtered"), outcome(id, "failed"), outcome(id, "given_up"),
                (long) counted.get(What.DEAD_LETTERS, id, ""));
    }

    private long outcome(String id, String outcome) {
        return (long) counted.get(What.OUTCOMES, id, outcome);
    }

    private Status.Rates rates(String id) {
        return new Status.Rates(sampler.rate(What.OUTCOMES, id, "delivered"), sampler.rate(What.OUTCOMES, id, "filtered"),
                sampler.rate(What.OUTCOMES, id, "failed"), sampler.rate(What.OUTCOMES, id, "given_up"),
                sampler.rate(What.DEAD_LETTERS, id, ""));
    }

    @Override
    public String resolved(String uri) {
        try {
            return context.resolvePropertyPlaceholders(uri);
        } catch (IllegalArgumentException e) {
            return uri; // a placeholder without a value: the route does not run, and its file says why
        }
    }

    @Override
    public List<String> required(String kamelet) {
        RouteTemplateDefinition template = model.getRouteTemplateDefinition(kamelet);
        return template == null || template.getTemplateParameters() == null ? List.of()
                : template.getTemplateParameters().stream().filter(RouteTemplateParameterDefinition::isRequired)
                        .map(RouteTemplateParameterDefinition::getName).toList();
    }

    @Override
    public String target(String uri) {
        return TargetStates.target(context, graph, checks, uri);
    }
}
