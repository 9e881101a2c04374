package io.distributary.routes.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import io.distributary.diagnosis.KameletParameters;

/** An application on folders of its own, whose files are edited while it runs. */
final class EditedRoutes implements AutoCloseable {
    final Path folder;
    final Path routes;
    final Path kamelets;
    private final Settling settling;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private LiveRoutes live;

    EditedRoutes(Path folder, Settling settling, Map<String, String> settings) throws IOException {
        this.folder = folder;
        this.settling = settling;
        routes = Files.createDirectories(folder.resolve("routes"));
        kamelets = Files.createDirectories(folder.resolve("kamelets"));
        Files.writeString(folder.resolve("application.properties"), "a=b\n");
        settings.forEach(context.getPropertiesComponent()::addInitialProperty);
    }

    void bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
    }

    /** As Camel Main does it. */
    void start() throws Exception {
        KameletComponent component = new KameletComponent();
        component.setLocation("file:" + kamelets);
        component.setNoErrorHandler(true);
        context.addComponent("kamelet", component);
        live = new LiveRoutes(routes, kamelets, folder.resolve("application.properties"), settling);
        List<Path> files;
        try (Stream<Path> found = Files.list(routes)) {
            files = found.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
        }
        List<Resource> resources = files.stream()
                .map(file -> PluginHelper.getResourceLoader(context).resolveResource("file:" + file)).toList();
        PluginHelper.getRoutesLoader(context).loadRoutes(resources);
        context.addService(live);
        context.addLifecycleStrategy(new KameletParameters());
        context.start();
    }

    CamelContext context() {
        return context;
    }

    LiveRoutes live() {
        return live;
    }

    Path route(String name) {
        return routes.resolve(name + ".camel.yaml");
    }

    Path kamelet(String name) {
        return kamelets.resolve(name + ".kamelet.yaml");
    }

    void route(String name, String text) throws IOException {
        save(route(name), text);
    }

    /** In place, not by renaming. */
    void breakRoute(String name, String text) throws IOException {
        Files.writeString(route(name), text);
    }

    void deleteRoute(String name) throws IOException {
        Files.delete(route(name));
    }

    void kamelet(String name, String text) throws IOException {
        save(kamelet(name), text);
    }

    Optional<String> problem(String route) {
        return live.problem(route(route));
    }

    Optional<String> kameletProblem(String kamelet) {
        return live.problem(kamelet(kamelet));
    }

    /** As careful editors do it: never half a file. */
    private void save(Path file, String text) throws IOException {
        Path written = Files.writeString(folder.resolve("next"), text);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    void stop() {
        context.stop();
    }

    @Override
    public void close() {
        stop();
    }
}
