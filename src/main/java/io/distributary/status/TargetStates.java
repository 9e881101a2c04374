package io.distributary.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.distributary.coalesce.TargetHealth;
import io.distributary.coalesce.TargetHealthCheck;
import io.distributary.routes.live.RouteGraph;
import io.distributary.status.Counted.Key;
import io.distributary.status.Counted.What;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.util.StringHelper;

/** Targets for people: what the meters count of them, and what their health checks know. */
final class TargetStates {
    /** A topic for each item can make as many. */
    static final int MAX_TARGETS = 200;

    private final CamelContext context;
    private final MeterRegistry registry;
    private final Counted counted;
    private final Sampler sampler;

    TargetStates(CamelContext context, MeterRegistry registry, Counted counted, Sampler sampler) {
        this.context = context;
        this.registry = registry;
        this.counted = counted;
        this.sampler = sampler;
    }

    List<Status.Target> all() {
        List<TargetHealthCheck> checks = checks(context);
        Map<String, Key> targets = new TreeMap<>();
        counted.all(What.REQUESTS).keySet().forEach(key -> targets.put(key.first() + ":" + key.second(), key));
        checks.forEach(check -> targets.putIfAbsent(check.target(),
                new Key(StringHelper.before(check.target(), ":"), StringHelper.after(check.target(), ":"))));
        Map<String, Set<String>> routes = routes(checks);
        return targets.entrySet().stream().limit(MAX_TARGETS).map(target -> target(target.getKey(), target.getValue(),
                checks.stream().filter(check -> check.target().equals(target.getKey())).toList(),
                List.copyOf(routes.getOrDefault(target.getKey(), Set.of())))).toList();
    }

    /** One for each running producer. */
    static List<TargetHealthCheck> checks(CamelContext context) {
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        return checks == null ? List.of()
                : checks.stream().filter(TargetHealthCheck.class::isInstance).map(TargetHealthCheck.class::cast).toList();
    }

    private Map<String, Set<String>> routes(List<TargetHealthCheck> checks) {
        RouteGraph graph = new RouteGraph(context);
        Map<String, Set<String>> routes = new HashMap<>();
        for (Route route : context.getRoutes()) {
            if (!route.isCreatedByKamelet()) {
                Set<?> reached = graph.reached(route);
                checks.stream().filter(check -> reached.contains(check.endpoint()))
                        .forEach(check -> routes.computeIfAbsent(check.target(), any -> new LinkedHashSet<>()).add(route.getRouteId()));
            }
        }
        return routes;
    }

    private Status.Target target(String id, Key key, List<TargetHealthCheck> checks, List<String> routes) {
        // two producers may have one target: what the longer failing one says
        TargetHealth.Failing failing = checks.stream().map(TargetHealthCheck::health).flatMap(health -> health.failing().stream())
                .min((one, other) -> one.since().compareTo(other.since())).orElse(null);
        Instant until = sampler.until();
        String first = key.first();
        String second = key.second();
        return new Status.Target(id, first, second, failing == null ? "UP" : "DOWN", failing == null ? null : failing.since().truncatedTo(ChronoUnit.MILLIS).toString(),
                failing == null ? null : failing.reason(), routes, count(What.DELIVERED, key), sampler.rate(What.DELIVERED, first, second),
                count(What.REQUESTS, key), count(What.BYTES, key), count(What.RETRIES, key), count(What.FAILURES, key),
                Counted.latency(registry, first, second),
                new Status.Series(until == null ? null : until.truncatedTo(ChronoUnit.MILLIS).toString(), Sampler.INTERVAL.toMillis(),
                        sampler.series(What.DELIVERED, first, second), sampler.series(What.RETRIES, first, second)));
    }

    private long count(What what, Key key) {
        return (long) counted.get(what, key.first(), key.second());
    }

    /** The target of what a URI leads to, kamelets seen through; null for none, and for several. */
    static String target(CamelContext context, RouteGraph graph, List<TargetHealthCheck> checks, String uri) {
        return Stream.ofNullable(context.hasEndpoint(uri)).flatMap(endpoint -> graph.reached(endpoint).stream())
                .flatMap(endpoint -> checks.stream().filter(check -> check.endpoint() == endpoint)).map(TargetHealthCheck::target)
                .distinct().reduce((one, other) -> "").filter(target -> !target.isEmpty()).orElse(null);
    }
}
