package io.distributary.cli;

import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.distributary.config.EditDistance;
import io.distributary.diagnosis.CamelSurroundings;
import io.distributary.diagnosis.ConfigurationProblem;
import io.distributary.diagnosis.Diagnoser;
import io.distributary.diagnosis.Diagnosis;
import io.distributary.diagnosis.ExitCode;
import io.distributary.event.input.EventInputException;
import io.distributary.feed.FedContext;
import io.distributary.feed.RouteFeed;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of the folder, started as the application starts them but without their sources, for a command to feed. */
final class FedRoutes {
    private static final Logger LOG = LoggerFactory.getLogger("io.distributary");

    private final RunOptions options;
    private final Supplier<FedContext> contexts;
    private final Consumer<CamelContext> beforeProperties;
    private final Consumer<String> problems;

    /** What a command does with the started routes. */
    @FunctionalInterface
    interface Action {
        /** @return the exit code */
        ExitCode with(CamelContext context, RouteFeed route) throws Exception;
    }

    /** As {@link Action}, for a command that feeds whichever routes it finds. */
    @FunctionalInterface
    interface ContextAction {
        /** @return the exit code */
        ExitCode with(CamelContext context) throws Exception;
    }

    /**
     * @param beforeProperties told of the context before its components get their properties
     * @param problems         takes what went wrong, one line each
     */
    FedRoutes(RunOptions options, Supplier<FedContext> contexts, Consumer<CamelContext> beforeProperties, Consumer<String> problems) {
        this.options = options;
        this.contexts = contexts;
        this.beforeProperties = beforeProperties;
        this.problems = problems;
    }

    /** Starts the routes, runs the action and stops them. */
    ExitCode run(String routeId, Action action) {
        return run(context -> action.with(context, RouteFeed.of(context, routeId).orElseThrow(() -> noRoute(context, routeId))));
    }

    /** Starts the routes, runs the action and stops them. */
    ExitCode run(ContextAction action) {
        if (!Files.isReadable(options.config())) {
            problems.accept("There is no " + options.config() + " in " + options.config().toAbsolutePath().getParent()
                    + ": go to the folder that holds it, or name it with --config FILE");
            return ExitCode.CONFIGURATION;
        }
        FedMain main = new FedMain();
        try {
            main.start();
            return action.with(main.getCamelContext());
        } catch (EventInputException e) {
            problems.accept(e.getMessage());
            return ExitCode.EVENTS;
        } catch (Exception | LinkageError e) {
            Diagnosis diagnosis = new Diagnoser(new CamelSurroundings(main.getCamelContext(), options.config(), options.kamelets()))
                    .diagnose(e);
            problems.accept(diagnosis.message());
            LOG.debug("Stack trace of the above", e);
            return diagnosis.exitCode();
        } finally {
            main.stop();
        }
    }

    private static ConfigurationProblem noRoute(CamelContext context, String routeId) {
        List<String> known = StartReport.ownRoutes(context).stream().map(RouteDefinition::getRouteId).toList();
        return new ConfigurationProblem("There is no route " + routeId
                + EditDistance.nearest(routeId, known).map(nearest -> ": did you mean " + nearest + "?")
                        .orElse("; the routes are " + String.join(", ", known)));
    }

    private final class FedMain extends RoutesMain {
        FedMain() {
            super(options);
            configure().setSourceLocationEnabled(true);
            // Whatever the settings say: what stands in an endpoint's place has no component, by which Camel's tracing names spans.
            addOverrideProperty("camel.opentelemetry2.enabled", "false");
        }

        @Override
        boolean serves() {
            return false;
        }

        @Override
        protected CamelContext createCamelContext() {
            FedContext context = contexts.get();
            context.getCamelContextExtension().setRegistry(registry);
            return context;
        }

        @Override
        protected void autoconfigure(CamelContext context) throws Exception {
            beforeProperties.accept(context);
            super.autoconfigure(context);
        }
    }
}
