package io.distributary.routes.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.distributary.routes.RouteFiles;
import io.distributary.routes.live.Definition.Key;
import io.distributary.routes.live.Definition.Kind;
import io.distributary.routes.live.Definition.Targets;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out a plan in the running context, or, where some of it fails, leaves everything as it was. One thread at a time. */
final class RunningRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRoutes.class);

    private final CamelContext context;
    private final Model model;
    private final RouteGraph graph;
    private final RouteStop stop;
    private final Map<Key, Set<String>> routeIds = new HashMap<>();
    /** What should run, and does not: it could not be put back. */
    private final Map<Key, String> down = new HashMap<>();
    private final Function<Exception, String> diagnose;

    /**
     * @param inForce  what Camel has loaded
     * @param diagnose makes one line of a failure, while what failed is still there
     */
    RunningRoutes(CamelContext context, Map<String, SourceFile> inForce, Function<Exception, String> diagnose) {
        this.context = context;
        this.diagnose = diagnose;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.graph = new RouteGraph(context);
        this.stop = new RouteStop(context);
        inForce.values().forEach(file -> file.definitions().stream().filter(definition -> definition.kind().isRoute())
                .forEach(definition -> routeIds.put(definition.key(), loaded(definition))));
    }

    /** What could not be made of a plan. */
    record Failure(Key definition, String reason) {
    }

    /** Empty when done; else all is as it was, apart from {@link #down}. */
    Optional<Failure> apply(Plan plan, Map<String, SourceFile> inForce) throws Exception {
        List<Definition> added = new ArrayList<>();
        remove(plan.remove());
        Optional<Failure> failure = add(plan.add(), plan.target(), added);
        if (failure.isPresent()) {
            remove(added.stream().sorted((one, other) -> other.kind().compareTo(one.kind())).toList());
            for (Definition old : plan.remove().stream().sorted((one, other) -> one.kind().compareTo(other.kind())).toList()) {
                add(List.of(old), inForce, new ArrayList<>()).ifPresent(again -> down.put(old.key(), again.reason()));
            }
        }
        removeUnused((failure.isPresent() ? inForce : plan.target()).values());
        return failure;
    }

    /** What should run, and does not, with the reason. */
    Map<Key, String> down() {
        return Map.copyOf(down);
    }

    /** Tries to put back what could not be put back before. */
    void retry(Map<String, SourceFile> inForce) throws Exception {
        for (Key key : Set.copyOf(down.keySet())) {
            Optional<Definition> definition = Optional.ofNullable(inForce.get(key.file())).flatMap(file -> file.find(key));
            down.remove(key);
            if (definition.isPresent()) {
                add(List.of(definition.get()), inForce, new ArrayList<>())
                        .ifPresent(again -> down.put(key, again.reason()));
            }
        }
        removeUnused(inForce.values());
    }

    /** The ids of routes that no file defines. */
    Set<String> foreignRoutes() {
        Set<String> ids = ownRoutes();
        routeIds.values().forEach(ids::removeAll);
        return ids;
    }

    /** Camel loads a kamelet from its file when it is first used: where that file is no good, it is to find the last good one. */
    void provide(SourceFile kamelet) throws Exception {
        for (Definition definition : kamelet.definitions()) {
            if (model.getRouteTemplateDefinition(definition.name()) == null) {
                load(definition, kamelet).addRoutesToCamelContext(context);
            }
        }
    }

    private Set<String> loaded(Definition definition) {
        if (!definition.names().isEmpty()) {
            return definition.names();
        }
        return model.getRouteDefinitions().stream()
                .filter(route -> route.getInput().getLocation() != null
                        && route.getInput().getLocation().equals("file:" + definition.file())
                        && route.getInput().getLineNumber() == definition.line())
                .map(RouteDefinition::getRouteId).collect(Collectors.toSet());
    }

    private void remove(List<Definition> definitions) throws Exception {
        Set<String> ids = new LinkedHashSet<>();
        Set<String> kamelets = new LinkedHashSet<>();
        for (Definition definition : definitions) {
            down.remove(definition.key());
            Set<String> made = routeIds.remove(definition.key());
            (made == null ? Set.<String>of() : made).forEach(id -> ids.addAll(graph.withSources(id)));
            if (definition.kind() == Kind.KAMELET) {
                kamelets.addAll(definition.names());
            }
        }
        ids.addAll(graph.madeFrom(kamelets));
        stop.stopAndRemove(ids);
        removeOrphans();
        definitions.forEach(this::forget);
    }

    private void forget(Definition definition) {
        switch (definition.kind()) {
            case BEANS -> definition.names().forEach(name -> {
                context.getRegistry().unbind(name);
                model.getCustomBeans().removeIf(bean -> name.equals(bean.getName()));
            });
            case KAMELET, ROUTE_TEMPLATE ->
                model.getRouteTemplateDefinitions().removeIf(template -> definition.names().contains(template.getId()));
            case ROUTE_CONFIGURATION -> model.getRouteConfigurationDefinitions().removeIf(configuration ->
                    definition.names().isEmpty() ? ("file:" + definition.file()).equals(configuration.getLocation())
                            && configuration.getLineNumber() == definition.line()
                            : definition.names().contains(configuration.getId()));
            default -> { } // routes are gone, and rest services never change
        }
    }

    private Optional<Failure> add(List<Definition> definitions, Map<String, SourceFile> files, List<Definition> added) {
        for (Definition definition : definitions) {
            Set<String> before = ownRoutes();
            try {
                added.add(definition);
                add(definition, load(definition, files.get(definition.file())));
            } catch (Exception e) {
                LOG.debug("Stack trace of what follows", e);
                String reason = diagnose.apply(e);
                return Optional.of(new Failure(definition.key(),
                        reason.contains(definition.file()) ? reason : definition.where() + ": " + reason));
            } finally {
                if (definition.kind().isRoute()) {
                    Set<String> made = ownRoutes();
                    made.removeAll(before);
                    routeIds.put(definition.key(), made);
                }
            }
        }
        return Optional.empty();
    }

    private RoutesBuilder load(Definition definition, SourceFile file) throws Exception {
        return RouteFiles.load(context, file.file(), file.text(), file.items(definition));
    }

    private void add(Definition definition, RoutesBuilder builder) throws Exception {
        switch (definition.kind()) {
            case ROUTE_CONFIGURATION -> ((RouteConfigurationsBuilder) builder).addRouteConfigurationsToCamelContext(context);
            case TEMPLATED_ROUTE -> {
                ((RouteBuilder) builder).configureRoutes(context);
                builder.addTemplatedRoutesToCamelContext(context);
            }
            case BEANS -> ((RouteBuilder) builder).configureRoutes(context);
            default -> builder.addRoutesToCamelContext(context);
        }
    }

    /** Also of those that Camel could not start. */
    private Set<String> ownRoutes() {
        return List.copyOf(model.getRouteDefinitions()).stream().filter(route -> !Boolean.TRUE.equals(route.isKamelet()))
                .map(RouteDefinition::getRouteId).filter(Objects::nonNull).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void removeUnused(Collection<SourceFile> files) throws Exception {
        List<Definition> all = files.stream().flatMap(file -> file.definitions().stream()).toList();
        boolean any = all.stream().anyMatch(definition -> definition.targets() == Targets.UNKNOWN);
        Set<String> kept = all.stream().filter(definition -> definition.kind() == Kind.KAMELET)
                .filter(kamelet -> any || all.stream().anyMatch(user -> user.targets() == Targets.HIDDEN
                        && user.body().contains(kamelet.name())))
                .map(Definition::name).collect(Collectors.toSet());
        stop.stopAndRemove(graph.unused(kept));
        removeOrphans();
    }

    private void removeOrphans() throws Exception {
        for (Endpoint endpoint : graph.orphans()) {
            context.removeEndpoint(endpoint);
        }
    }
}
