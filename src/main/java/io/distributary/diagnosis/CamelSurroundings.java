package io.distributary.diagnosis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ExtendedPropertyConfigurerGetter;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.StringHelper;

/** Reads the known names from a Camel context, started or not, and the files it was given. */
public final class CamelSurroundings implements Surroundings {
    private static final String KAMELET = ".kamelet.yaml";

    private final CamelContext context;
    private final Path config;
    private final Path kamelets;

    public CamelSurroundings(CamelContext context, Path config, Path kamelets) {
        this.context = context;
        this.config = config;
        this.kamelets = kamelets;
    }

    @Override
    public Collection<String> schemes() {
        Set<String> names = new TreeSet<>(context.getComponentNames());
        try {
            for (URL url : Collections.list(getClass().getClassLoader()
                    .getResources("META-INF/services/org/apache/camel/component.properties"))) {
                Properties properties = new Properties();
                try (InputStream in = url.openStream()) {
                    properties.load(in);
                }
                names.addAll(Arrays.asList(properties.getProperty("components", "").split("\\s+")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    @Override
    public Collection<String> endpointOptions(String scheme) {
        Component component = context.hasComponent(scheme);
        return component == null ? Set.of() : documented(component, scheme, "properties");
    }

    @Override
    public Collection<String> optionsOf(Object target) {
        if (target instanceof Component component) {
            return context.getComponentNames().stream().filter(name -> context.hasComponent(name) == component).findFirst()
                    .map(scheme -> documented(component, scheme, "componentProperties")).orElse(Set.of());
        }
        PropertyConfigurer configurer = PluginHelper.getBootstrapConfigurerResolver(context)
                .resolvePropertyConfigurer(target.getClass().getName(), context);
        return configurer instanceof ExtendedPropertyConfigurerGetter getter
                ? decapitalised(getter.getAllOptions(target).keySet()) : Set.of();
    }

    /** From the catalog entry beside the component's class: unlike a configurer it also has what a subclass adds. */
    private static Set<String> documented(Component component, String scheme, String section) {
        String entry = "META-INF/" + component.getClass().getPackageName().replace('.', '/') + "/" + scheme + ".json";
        Set<String> names = new TreeSet<>();
        try (InputStream in = component.getClass().getClassLoader().getResourceAsStream(entry)) {
            if (in != null) {
                new ObjectMapper().readTree(in).path(section).fieldNames().forEachRemaining(names::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static Set<String> decapitalised(Collection<String> names) {
        Set<String> decapitalised = new TreeSet<>();
        names.forEach(name -> decapitalised.add(StringHelper.decapitalize(name)));
        return decapitalised;
    }

    @Override
    public Collection<String> placeholders() {
        return new TreeSet<>(context.getPropertiesComponent().loadProperties(name -> !name.startsWith("camel."))
                .stringPropertyNames());
    }

    @Override
    public Collection<String> kamelets() {
        if (!Files.isDirectory(kamelets)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(kamelets)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(KAMELET))
                    .map(name -> name.substring(0, name.length() - KAMELET.length())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Collection<String> yamlNames() {
        try (InputStream in = getClass().getClassLoader().getResourceAsStream("schema/camelYamlDsl.json")) {
            JsonNode items = new ObjectMapper().readTree(in).path("items");
            Set<String> names = new TreeSet<>();
            items.path("properties").fieldNames().forEachRemaining(names::add);
            items.path("definitions").forEach(definition -> definition.path("properties").fieldNames()
                    .forEachRemaining(names::add));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> fileOf(String routeId) {
        return definition(routeId).map(RouteDefinition::getResource).map(resource -> Place.file(resource.getLocation()));
    }

    @Override
    public String nameOf(String routeId) {
        Map<?, ?> parameters = definition(routeId).map(RouteDefinition::getTemplateParameters).map(Map.class::cast)
                .orElse(Map.of());
        Object kamelet = parameters.get(Kamelet.PARAM_TEMPLATE_ID);
        Object parent = parameters.get(Kamelet.PARENT_ROUTE_ID);
        return kamelet == null ? "route " + routeId : "kamelet " + kamelet + (parent == null ? "" : " of route " + parent);
    }

    private Optional<RouteDefinition> definition(String routeId) {
        return Optional.ofNullable(
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(routeId));
    }

    @Override
    public String configFile() {
        return config.toString();
    }
}
