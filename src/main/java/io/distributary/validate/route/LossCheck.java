package io.distributary.validate.route;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.distributary.validate.Placeholders;
import io.distributary.validate.Problems;
import io.distributary.validate.endpoint.EndpointUse;
import io.distributary.validate.kamelet.Kamelet;

/**
 * Ways to lose a change: in routes that read a table's stream, in those they call by {@code direct:}, and in kamelets, which
 * such routes use.
 */
final class LossCheck {
    private static final Set<String> IN_MEMORY = Set.of("seda", "vm", "disruptor", "disruptor-vm");

    private final List<RouteFile> files;
    private final Map<String, Kamelet> kamelets;
    private final Placeholders placeholders;
    private final Problems problems;
    private final StepLosses steps;
    private final ErrorHandling errors;

    LossCheck(List<RouteFile> files, Map<String, Kamelet> kamelets, Placeholders placeholders, Problems problems) {
        this.files = files;
        this.kamelets = kamelets;
        this.placeholders = placeholders;
        this.problems = problems;
        this.steps = new StepLosses(problems);
        this.errors = new ErrorHandling(files, placeholders, problems);
    }

    void check() {
        boolean anySource = files.stream().anyMatch(file -> file.routes().stream().anyMatch(this::readsStream));
        if (anySource) {
            files.forEach(file -> errors.check(file.root()));
        }
        for (RouteFile file : files) {
            file.routes().stream().filter(this::readsStream).forEach(route -> source(file, route));
        }
        reached().forEach(this::route);
    }

    /** Reports on a kamelet by itself: whatever uses it, its steps have the change. */
    void check(Kamelet kamelet) {
        kamelet.template().ifPresent(template -> {
            steps.check(template);
            errors.check(template);
            Steps.endpoints(template, placeholders, KameletValues.of(kamelet)).forEach(this::target);
        });
    }

    private void source(RouteFile file, Route route) {
        if (!errors.isHandled(file, route)) {
            problems.note(route.uri().orElse(route.at()).place(), route.name() + " has no error handler: a change that a target never"
                    + " accepts is delivered again without end, and holds its shard's checkpoint. Name one with routeConfigurationId");
        }
        if (!StepLosses.sends(route.from())) {
            problems.note(route.uri().orElse(route.at()).place(), route.name() + " sends the changes nowhere; they count as delivered");
        }
    }

    private void route(Route route) {
        steps.check(route.at());
        Steps.endpoints(route.from(), placeholders, Map.of()).forEach(this::target);
    }

    private void target(EndpointUse use) {
        if (IN_MEMORY.contains(use.scheme()) && !use.consumer() && !use.has("waitForTaskToComplete", "Always")) {
            problems.warning(use.at().place(), use.scheme() + " takes the change into memory: it counts as delivered at once, and a crash"
                    + " loses it. Use direct:, or waitForTaskToComplete=Always");
        }
        if (use.scheme().equals("nats") && !use.consumer() && (use.value("jetstreamEnabled").isEmpty() || use.has("jetstreamEnabled", "false"))) {
            problems.warning(use.at().place(), "nats without jetstreamEnabled=true is core NATS: the change is lost where nobody listens."
                    + " Use kamelet:distributary-jetstream-sink, or set jetstreamEnabled=true");
        }
        if (use.scheme().equals("aws2-sns") && use.has("batchEnabled", "true")
                || use.scheme().equals("aws2-sqs") && use.has("operation", "sendBatchMessage")
                || use.scheme().equals("opensearch") && use.has("operation", "Bulk")) {
            problems.warning(use.at().place(), use.scheme() + ": this stock operation does not look at the result of each entry: those that"
                    + " the server refuses are lost. Leave the option out: what is in flight is sent in batches anyway");
        }
    }

    /** The routes that have a change while it is not acknowledged. */
    private List<Route> reached() {
        Map<String, Route> direct = new HashMap<>();
        Deque<Route> toSee = new ArrayDeque<>();
        for (RouteFile file : files) {
            for (Route route : file.routes()) {
                EndpointUse use = from(route);
                if (use != null && use.scheme().equals("direct")) {
                    direct.put(use.path(), route);
                }
                if (readsStream(route)) {
                    toSee.add(route);
                }
            }
        }
        Set<Route> seen = new HashSet<>();
        while (!toSee.isEmpty()) {
            Route route = toSee.remove();
            if (seen.add(route)) {
                Steps.endpoints(route.from(), placeholders, Map.of()).stream().filter(use -> use.scheme().equals("direct"))
                        .map(use -> direct.get(use.path())).filter(called -> called != null).forEach(toSee::add);
            }
        }
        return List.copyOf(seen);
    }

    private boolean readsStream(Route route) {
        EndpointUse use = from(route);
        if (use == null) {
            return false;
        }
        if (use.scheme().equals("kamelet")) {
            Kamelet kamelet = kamelets.get(use.path().split("/", 2)[0]);
            return kamelet != null && kamelet.from().flatMap(from -> from.text("uri"))
                    .filter(uri -> uri.startsWith("aws2-ddbstream:")).isPresent();
        }
        return use.scheme().equals("aws2-ddbstream");
    }

    private EndpointUse from(Route route) {
        return route.uri().map(uri -> EndpointUse.of(uri, route.from().get("parameters").orElse(null), true, false, placeholders,
                Map.of())).orElse(null);
    }
}
