package io.distributary.routes.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.model.Model;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops routes for good, losing nothing: first their sources hand out no more, then what is in flight is finished, then the
 * consumers stop, which stores their checkpoints and gives up their leases. Only then the routes are removed.
 */
final class RouteStop {
    private static final Logger LOG = LoggerFactory.getLogger("io.distributary");
    /** Camel's own shutdown looks only every second, which would make each change of a busy route last that long. */
    private static final Duration LOOK = Duration.ofMillis(10);

    private final CamelContext context;

    RouteStop(CamelContext context) {
        this.context = context;
    }

    /** Blocks for the context's shutdown timeout at the most; what is not finished then is delivered again by the source. */
    void stopAndRemove(Collection<String> routeIds) throws Exception {
        Set<String> ids = new LinkedHashSet<>(routeIds);
        List<Route> routes = ids.stream().map(context::getRoute).filter(Objects::nonNull).toList();
        boolean finished = finish(routes);
        Set<String> ordered = new LinkedHashSet<>(sourcesFirst(routes));
        ordered.addAll(ids); // also those that Camel could not start
        for (String id : ordered) {
            if (finished) {
                context.getRouteController().stopRoute(id);
            } else {
                context.getRouteController().stopRoute(id, 1, TimeUnit.SECONDS);
            }
        }
        for (String id : ids) {
            context.removeRoute(id);
        }
        context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions()
                .removeIf(route -> ids.contains(route.getRouteId()));
    }

    private boolean finish(List<Route> routes) throws InterruptedException {
        long deadline = System.nanoTime() + context.getShutdownStrategy().getTimeUnit()
                .toNanos(context.getShutdownStrategy().getTimeout());
        List<Route> served = new ArrayList<>();
        List<Route> sources = new ArrayList<>();
        routes.forEach(route -> (servesOthers(route) ? served : sources).add(route));
        suspend(sources);
        boolean finished = await(sources, deadline);
        // What other routes send here waits from now on, and finds the new route.
        suspend(served);
        return await(served, deadline) && finished;
    }

    private static void suspend(List<Route> routes) {
        routes.stream().map(Route::getConsumer).filter(Suspendable.class::isInstance).forEach(ServiceHelper::suspendService);
    }

    private boolean await(List<Route> routes, long deadline) throws InterruptedException {
        while (routes.stream().anyMatch(route -> inFlight(route) > 0)) {
            if (System.nanoTime() > deadline) {
                routes.stream().filter(route -> inFlight(route) > 0).forEach(route -> LOG.warn(
                        "Route {} is replaced with {} exchanges unfinished: its source delivers their records again",
                        route.getRouteId(), inFlight(route)));
                return false;
            }
            Thread.sleep(LOOK.toMillis());
        }
        return true;
    }

    private int inFlight(Route route) {
        int known = context.getInflightRepository().size(route.getRouteId());
        return known + (route.getConsumer() instanceof ShutdownAware aware ? aware.getPendingExchangesSize() : 0);
    }

    /** Such as those from {@code direct:} and those made from sink kamelets: what uses them must finish first. */
    private static boolean servesOthers(Route route) {
        return route.getConsumer() instanceof ShutdownAware aware
                && aware.deferShutdown(ShutdownRunningTask.CompleteCurrentTaskOnly);
    }

    private static List<String> sourcesFirst(List<Route> routes) {
        return Stream.concat(routes.stream().filter(route -> !servesOthers(route)),
                routes.stream().filter(RouteStop::servesOthers)).map(Route::getRouteId).toList();
    }
}
