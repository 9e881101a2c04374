package io.distributary.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.distributary.config.Setting;
import io.distributary.config.Settings;
import io.distributary.ops.ManagementPort;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in a few lines what has started: version, settings file, and where each route leads from and to. */
final class StartReport {
    private static final Logger LOG = LoggerFactory.getLogger("io.distributary");

    private StartReport() {
    }

    static void log(CamelContext context, RunOptions options) {
        List<RouteDefinition> routes = ownRoutes(context);
        for (RouteDefinition route : routes) {
            Collection<String> targets = targets(route);
            LOG.info("Route {}: {}{}", route.getRouteId(), name(context.resolvePropertyPlaceholders(route.getInput().getEndpointUri())),
                    targets.isEmpty() ? "" : " -> " + String.join(", ", targets));
        }
        boolean page = Boolean.parseBoolean(Settings.of(context).required(Setting.PAGE_ENABLED));
        ManagementPort.address(context).ifPresent(address -> LOG.info("Health: {}/observe/health, metrics: {}/observe/metrics{}",
                address, address, page ? ", page: " + address + "/" : ""));
        LOG.info("Distributary {} started in {} s with {} ({} {})", Version.current(), secondsSinceProcessStart(),
                options.config(), routes.size(), routes.size() == 1 ? "route" : "routes");
    }

    /** The routes that a person wrote; Camel makes another for each use of a kamelet. */
    static List<RouteDefinition> ownRoutes(CamelContext context) {
        return context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions().stream()
                .filter(route -> !Boolean.TRUE.equals(route.isKamelet()) && !Boolean.TRUE.equals(route.isTemplate()))
                .toList();
    }

    private static Collection<String> targets(RouteDefinition route) {
        Set<String> targets = new LinkedHashSet<>();
        for (SendDefinition<?> send : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), SendDefinition.class)) {
            targets.add(name(send.getEndpointUri()));
        }
        for (ToDynamicDefinition send : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(),
                ToDynamicDefinition.class)) {
            targets.add(name(send.getUri()));
        }
        return targets;
    }

    /** Scheme and name; options may hold secrets. */
    private static String name(String uri) {
        return URISupport.sanitizeUri(StringHelper.before(uri, "?", uri)).replaceFirst("^kamelet:/*", "");
    }

    private static String secondsSinceProcessStart() {
        return ProcessHandle.current().info().startInstant()
                .map(start -> String.format(Locale.ROOT, "%.1f", Duration.between(start, Instant.now()).toMillis() / 1e3))
                .orElse("?");
    }
}
