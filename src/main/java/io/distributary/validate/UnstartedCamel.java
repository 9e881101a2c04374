package io.distributary.validate;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import org.apache.camel.CamelContext;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.main.Main;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.SimpleRegistry;

/** A Camel context with the components and their settings, but no routes: things are looked up in it, and it never starts. */
final class UnstartedCamel implements AutoCloseable {
    private final Main main;

    private UnstartedCamel(Main main) {
        this.main = main;
    }

    /**
     * @param settings those of the file; what Camel would start or connect to by them is left out
     * @throws Exception as Camel does where a component's setting is wrong
     */
    static UnstartedCamel with(Properties settings) throws Exception {
        WithoutRoutes main = new WithoutRoutes();
        main.setPropertyPlaceholderLocations("false");
        main.configure().withAutoConfigurationLogSummary(false).withJmxEnabled(false);
        main.configure().setAutowiredEnabled(false);
        main.configure().setStartupSummaryLevel(StartupSummaryLevel.Off);
        // with what camel-observability-services sets by itself
        Map.of("camel.management.enabled", "false", "camel.metrics.enabled", "false", "camel.opentelemetry2.enabled", "false")
                .forEach(main::addInitialProperty);
        settings.stringPropertyNames().stream().filter(key -> isQuiet(key, settings.getProperty(key)))
                .forEach(key -> main.addInitialProperty(key, settings.getProperty(key)));
        try {
            main.init();
        } catch (Exception e) {
            main.shutdown();
            throw e;
        }
        return new UnstartedCamel(main);
    }

    /** Servers start when they are configured, and a bean may be a connection, made when it is referred to. */
    private static boolean isQuiet(String key, String value) {
        return !key.startsWith("camel.") || key.matches("camel\\.(component|language|dataformat)\\..*") && !value.startsWith("#");
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /** The names of the beans that components and settings bring. */
    Set<String> beans() {
        Set<String> names = new TreeSet<>();
        if (context().getRegistry() instanceof DefaultRegistry registry
                && registry.getFallbackRegistry() instanceof SimpleRegistry simple) {
            names.addAll(simple.keySet());
        }
        return names;
    }

    @Override
    public void close() {
        main.shutdown();
    }

    private static final class WithoutRoutes extends Main {
        @Override
        protected void configureRoutes(CamelContext context) {
            // checked file by file instead
        }
    }
}
