package io.distributary.routes;

import java.util.Set;

import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.dsl.yaml.KameletRoutesBuilderLoader;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoaderSupport;
import org.apache.camel.dsl.yaml.common.YamlDeserializationContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads route and kamelet files as Camel does, from their text: into models of a throw-away context, to find mistakes before
 * anything that runs is touched, or some of a file's definitions for the context that runs. One thread at a time.
 */
public final class RouteFiles implements AutoCloseable {
    private static final String KAMELET = ".kamelet.yaml";

    private final DefaultCamelContext throwAway = new DefaultCamelContext();

    /** @param context whose properties the files' placeholders name; it is only read */
    public RouteFiles(CamelContext context) {
        throwAway.getPropertiesComponent().addPropertiesSource(new PropertiesSource() {
            @Override
            public String getName() {
                return "running";
            }

            @Override
            public String getProperty(String name) {
                return context.getPropertiesComponent().resolveProperty(name).orElse(null);
            }
        });
    }

    /** Whether this is the name of a kamelet's file. */
    public static boolean isKamelet(String file) {
        return file.endsWith(KAMELET);
    }

    /**
     * Reads a file into models that are then thrown away; beans are not made, endpoints are not looked at.
     *
     * @param file  as it is named in messages
     * @param beans places, among the file's items, of those that are beans
     * @throws Exception as Camel throws it: {@code Diagnoser} makes a line with file, line and column of it
     */
    public void check(String file, String text, Set<Integer> beans) throws Exception {
        RouteBuilder routes = (RouteBuilder) load(throwAway, file, text, null, beans);
        routes.setCamelContext(throwAway);
        routes.configure();
        if (routes instanceof RouteConfigurationBuilder configurations) {
            configurations.configuration();
        }
    }

    /**
     * What adds definitions of a file to a context; until it is used the context is as it was.
     *
     * @param items places, among the file's items, of the definitions wanted; null for all
     */
    public static RoutesBuilder load(CamelContext context, String file, String text, Set<Integer> items) throws Exception {
        return load(context, file, text, items, Set.of());
    }

    private static RoutesBuilder load(CamelContext context, String file, String text, Set<Integer> items, Set<Integer> without)
            throws Exception {
        YamlRoutesBuilderLoaderSupport loader =
                isKamelet(file) ? new KameletRoutesBuilderLoader() : new SomeItems(items, without);
        loader.setCamelContext(context);
        ServiceHelper.startService(loader);
        return loader.loadRoutesBuilder(ResourceHelper.fromString("file:" + file, text));
    }

    /** Ends its threads. Nothing else: Camel Main takes the end of any context for that of its own, and lets the JVM end. */
    @Override
    public void close() {
        ServiceHelper.stopAndShutdownService(throwAway.getExecutorServiceManager());
    }

    /** Leaves the other items out after parsing, so that lines and columns stay. */
    private static final class SomeItems extends YamlRoutesBuilderLoader {
        private final Set<Integer> items;
        private final Set<Integer> without;

        SomeItems(Set<Integer> items, Set<Integer> without) {
            this.items = items;
            this.without = without;
        }

        @Override
        protected RouteBuilder builder(YamlDeserializationContext context, Node root) {
            if (root instanceof SequenceNode sequence) {
                for (int place = sequence.getValue().size() - 1; place >= 0; place--) {
                    if (items != null && !items.contains(place) || without.contains(place)) {
                        sequence.getValue().remove(place);
                    }
                }
            }
            return super.builder(context, root);
        }
    }
}
