package io.distributary.validate.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.distributary.diagnosis.Place;
import io.distributary.diagnosis.Suggestion;
import io.distributary.validate.Placeholders;
import io.distributary.validate.Problems;
import io.distributary.validate.endpoint.EndpointUse;
import io.distributary.validate.yaml.Element;
import org.apache.camel.support.PatternHelper;

/** What only shows when all files are looked at together: ids, configurations that are named, who consumes from where. */
final class RouteSetCheck {
    /** DynamoDB lets this many readers read a shard before it throttles. */
    private static final int READERS = 2;

    private final List<RouteFile> files;
    private final Placeholders placeholders;
    private final Problems problems;

    RouteSetCheck(List<RouteFile> files, Placeholders placeholders, Problems problems) {
        this.files = files;
        this.placeholders = placeholders;
        this.problems = problems;
    }

    void check() {
        ids();
        configurations();
        direct();
        readers();
    }

    private void ids() {
        Map<String, Place> seen = new HashMap<>();
        routes().forEach(route -> route.idElement().ifPresent(id -> {
            Place first = seen.putIfAbsent(placeholders.resolve(id.text(), Map.of()), id.place());
            if (first != null && route.at().get("precondition").isEmpty()) {
                problems.error(id.place(), "the route id " + id.text() + " is taken, at " + first + ": give each route its own");
            }
        }));
    }

    private void configurations() {
        Set<String> known = new TreeSet<>();
        files.forEach(file -> file.top("routeConfiguration").forEach(one -> one.text("id").ifPresent(known::add)));
        for (Route route : routes()) {
            Optional<Element> named = route.at().get("routeConfigurationId").filter(Element::isText);
            for (String pattern : named.map(Element::text).orElse("").split(",")) {
                String id = placeholders.resolve(pattern.strip(), Map.of());
                if (!id.isEmpty() && id.indexOf(Placeholders.UNKNOWN) < 0
                        && known.stream().noneMatch(one -> PatternHelper.matchPattern(one, id))) {
                    problems.error(named.get().place(), "there is no route configuration " + id + ", and Camel would not say so: "
                            + "its error handling would be missing; " + Suggestion.of(id, known));
                }
            }
        }
    }

    private void direct() {
        Map<String, Place> consumers = new HashMap<>();
        List<EndpointUse> producers = new ArrayList<>();
        for (RouteFile file : files) {
            for (EndpointUse use : Steps.endpoints(file.root(), placeholders, Map.of())) {
                if (use.scheme().equals("direct") && !use.path().isBlank() && use.path().indexOf(Placeholders.UNKNOWN) < 0 && !use.path().contains("$")) {
                    if (!use.consumer()) {
                        producers.add(use);
                        continue;
                    }
                    Place first = consumers.putIfAbsent(use.path(), use.at().place());
                    if (first != null) {
                        problems.error(use.at().place(), "direct:" + use.path() + " has a route already, at " + first
                                + ": it can have one only");
                    }
                }
            }
        }
        for (EndpointUse use : producers) {
            if (!consumers.containsKey(use.path())) {
                problems.error(use.at().place(), "no route begins with direct:" + use.path() + ": "
                        + Suggestion.of(use.path(), consumers.keySet()));
            }
        }
    }

    private void readers() {
        Map<String, List<EndpointUse>> byTable = new HashMap<>();
        for (Route route : routes()) {
            route.uri().map(uri -> EndpointUse.of(uri, route.from().get("parameters").orElse(null), true, false, placeholders, Map.of()))
                    .filter(use -> use.scheme().equals("aws2-ddbstream") && use.isKnown())
                    .ifPresent(use -> byTable.computeIfAbsent(use.path(), table -> new ArrayList<>()).add(use));
        }
        byTable.forEach((table, uses) -> uses.stream().skip(READERS).forEach(use -> problems.warning(use.at().place(),
                uses.size() + " routes read the stream of " + table + ": DynamoDB allows " + READERS
                        + " readers of a shard and throttles more. Let one route read it, and multicast")));
    }

    private List<Route> routes() {
        return files.stream().flatMap(file -> file.routes().stream()).toList();
    }
}
