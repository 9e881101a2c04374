package io.distributary.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.distributary.diagnosis.CamelSurroundings;
import io.distributary.diagnosis.Diagnoser;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the routes of the folder anew when a file in it is saved or deleted, on the thread that watches it. All of them:
 * Camel's way to change only some leaves routes made from kamelets behind, which then consume and send twice.
 *
 * <p>A file that is no valid YAML DSL is refused before any route is touched; after any other mistake the last good files,
 * kept in memory, are made routes again. Camel's own reload keeps neither promise, and after a mistake in one file of several
 * it never recovers: it then loads the others twice. Java routes would be lost, so it is not for them.
 */
final class RouteReload extends RouteWatcherReloadStrategy {
    private static final Logger LOG = LoggerFactory.getLogger("io.distributary");
    private static final String SUFFIX = ".camel.yaml";

    private final RunOptions options;
    private Map<String, String> lastGood;
    private volatile String problem;

    /** To be made when the routes have just been loaded from the folder. */
    RouteReload(RunOptions options) throws IOException {
        super(options.routes().toString());
        this.options = options;
        setPattern("*" + SUFFIX);
        lastGood = read();
    }

    /** Why what was saved last is not in force, in one line; empty where it is. Any thread may ask. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    protected void onRouteReload(Collection<Resource> changed, boolean removeEverything) {
        Map<String, String> saved;
        try {
            saved = read();
            if (saved.equals(lastGood)) {
                problem = null;
                return;
            }
            check(saved);
        } catch (Exception e) {
            refuse(e);
            return;
        }
        try {
            replace(saved);
            lastGood = saved;
            problem = null;
            LOG.info("Routes reloaded from {}", options.routes());
        } catch (Exception e) {
            refuse(e);
            restore();
        }
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(options.routes())) {
            for (Path file : files.filter(file -> file.toString().endsWith(SUFFIX)).toList()) {
                texts.put("file:" + file, Files.readString(file));
            }
        }
        return texts;
    }

    /** Reads the files into models that are then thrown away. */
    private void check(Map<String, String> texts) throws Exception {
        for (RoutesBuilder builder : loader().findRoutesBuilders(resources(texts))) {
            if (builder instanceof RouteBuilder routes) {
                routes.setCamelContext(getCamelContext());
                routes.configure();
            }
        }
    }

    private void replace(Map<String, String> texts) throws Exception {
        CamelContext context = getCamelContext();
        context.getRouteController().removeAllRoutes();
        context.removeRouteTemplates("*");
        context.getEndpointRegistry().clear();
        loader().updateRoutes(resources(texts));
    }

    private void restore() {
        try {
            replace(lastGood);
        } catch (Exception e) {
            LOG.error("The last good routes do not start again: {}. Save a good file, or start anew", diagnose(e));
            LOG.debug("Stack trace of the above", e);
            // So that the very same files, saved again, are tried.
            lastGood = Map.of();
        }
    }

    private void refuse(Exception failure) {
        problem = diagnose(failure);
        LOG.error("{} - The routes go on as they were", problem);
        LOG.debug("Stack trace of the above", failure);
    }

    private String diagnose(Exception failure) {
        return new Diagnoser(new CamelSurroundings(getCamelContext(), options.config(), options.kamelets()))
                .diagnose(failure).message();
    }

    private RoutesLoader loader() {
        return PluginHelper.getRoutesLoader(getCamelContext());
    }

    private static List<Resource> resources(Map<String, String> texts) {
        return texts.entrySet().stream().map(file -> ResourceHelper.fromString(file.getKey(), file.getValue())).toList();
    }
}
