package io.distributary.redrive;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.distributary.feed.RouteFeed;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;

/**
 * Where a dead letter's change has to be fed in: at the source of its route, or, where that route gets its exchanges from others by
 * {@code direct} or {@code seda}, at the source of the one that leads there. Thread-safe.
 */
final class SourceRoutes {
    /**
     * The way in, or why there is none.
     *
     * @param feed   or null
     * @param reason or null
     * @param route  the dead letter's, or null: where another has taken its place, the way is looked for again
     */
    record Way(RouteFeed feed, String reason, Route route) {
    }

    private final CamelContext context;
    private final Map<String, Way> ways = new ConcurrentHashMap<>();

    SourceRoutes(CamelContext context) {
        this.context = context;
    }

    /** @param table may be null */
    Way to(String routeId, String table) {
        Route route = routeId == null ? null : context.getRoute(routeId);
        return ways.compute(routeId + '|' + table, (key, known) -> known != null && known.route() == route ? known
                : find(routeId, route, table));
    }

    private Way find(String routeId, Route route, String table) {
        if (route == null) {
            return new Way(null, routeId == null ? "it names no route" : "there is no route " + routeId + " any more", null);
        }
        Optional<RouteFeed> own = RouteFeed.ofSource(context, routeId);
        if (own.isPresent()) {
            return new Way(own.get(), null, route);
        }
        List<RouteDefinition> leading = definitions().stream().filter(each -> isFrom(each, table) && leadsTo(each, routeId)).toList();
        if (leading.size() == 1) {
            return new Way(RouteFeed.ofSource(context, leading.get(0).getRouteId()).orElseThrow(), null, route);
        }
        return new Way(null, leading.isEmpty() ? "no route from table " + table + " leads to route " + routeId
                : "several routes from table " + table + " lead to route " + routeId, route);
    }

    private List<RouteDefinition> definitions() {
        return List.copyOf(context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions());
    }

    /** Kamelets' own routes are found by those that use them. */
    private boolean isFrom(RouteDefinition route, String table) {
        return (route.isTemplate() == null || !route.isTemplate()) && route.getTemplateParameters() == null
                && RouteFeed.ofSource(context, route.getRouteId()).flatMap(RouteFeed::tables)
                        .filter(tables -> Arrays.stream(tables.split(",")).map(SourceRoutes::tableName).anyMatch(name -> name.equals(table)))
                        .isPresent();
    }

    private static String tableName(String nameOrArn) {
        return nameOrArn.strip().replaceFirst(".*:table/", "").replaceFirst("/.*", "");
    }

    private boolean leadsTo(RouteDefinition from, String routeId) {
        Set<String> seen = new HashSet<>();
        Deque<RouteDefinition> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            RouteDefinition route = next.poll();
            if (!seen.add(route.getRouteId())) {
                continue;
            }
            if (route.getRouteId().equals(routeId)) {
                return true;
            }
            Set<String> sendsTo = new HashSet<>();
            sends(route).forEach(send -> sendsTo.add(address(send.getEndpointUri())));
            definitions().stream().filter(each -> each.getInput() != null && sendsTo.contains(address(each.getInput().getEndpointUri())))
                    .forEach(next::add);
        }
        return false;
    }

    @SuppressWarnings("rawtypes")
    private static Collection<SendDefinition> sends(RouteDefinition route) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), SendDefinition.class);
    }

    /** Without options, as those of both ends differ. */
    private String address(String uri) {
        String resolved = uri.contains("{{?") ? uri : context.resolvePropertyPlaceholders(uri);
        return resolved.replaceFirst("\\?.*", "").replaceFirst("^(direct|seda):(//)?", "$1:");
    }
}
