package io.distributary.validate;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.distributary.diagnosis.CamelSurroundings;
import io.distributary.diagnosis.Diagnoser;
import io.distributary.diagnosis.ExitCode;
import io.distributary.diagnosis.Place;
import io.distributary.diagnosis.YamlSyntax;
import io.distributary.validate.dsl.SchemaCheck;
import io.distributary.validate.endpoint.Catalog;
import io.distributary.validate.endpoint.Reachability;
import io.distributary.validate.kamelet.Kamelet;
import io.distributary.validate.kamelet.KameletCheck;
import io.distributary.validate.route.RouteCheck;
import io.distributary.validate.route.RouteFile;
import io.distributary.validate.settings.PropertiesFile;
import io.distributary.validate.settings.SettingsFileCheck;
import io.distributary.validate.yaml.Element;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Finds everything that is wrong with routes, kamelets and settings, without starting them: no route runs. To be used once.
 */
public final class Validation {
    /** Made when it is looked up, so that the registry does not list it. */
    static final String NATS_CONNECTION = "natsConnection";

    private final Path config;
    private final Path kameletFolder;
    private final Problems problems = new Problems();
    private final Sources sources;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final List<RouteFile> routes = new ArrayList<>();
    private final Map<String, Kamelet> kamelets = new LinkedHashMap<>();
    private final Map<Kamelet, String> kameletFiles = new LinkedHashMap<>();
    private PropertiesFile settings;

    /**
     * @param config   the settings file
     * @param routes   folder of the active routes
     * @param kamelets folder of the kamelets
     * @param given    files and folders to report on; empty for all of these
     */
    public Validation(Path config, Path routes, Path kamelets, List<Path> given) {
        this.config = config;
        this.kameletFolder = kamelets;
        this.sources = Sources.of(config, routes, kamelets, given, problems);
        this.settings = PropertiesFile.of(config.toString(), "");
    }

    /** Looks at everything, and asks no server. */
    public Report run() {
        return run(false);
    }

    /**
     * Looks at everything, and asks the servers where the files have no error.
     *
     * @param connect whether to ask
     */
    public Report run(boolean connect) {
        ExitCode servers = ExitCode.OK;
        sources.all().forEach(this::read);
        Properties values = settings.properties();
        try (UnstartedCamel camel = camel(values)) {
            CamelContext context = camel.context();
            Placeholders placeholders = new Placeholders(context, values, config.toString());
            new SettingsFileCheck(settings, placeholders, new Catalog(context), problems).check(context, usesKamelets());
            SchemaCheck schema = new SchemaCheck(problems);
            RouteCheck check = new RouteCheck(context, routes, kamelets, kameletFolder.toString(), beans(camel), placeholders,
                    schema, problems);
            check.check();
            kameletFiles.forEach((kamelet, file) -> {
                new KameletCheck(schema, problems).check(kamelet, Path.of(file).getFileName().toString());
                check.check(kamelet);
            });
            routes.stream().filter(file -> !problems.hasErrors(file.name())).forEach(file -> load(context, file));
            if (connect && report(servers).count(Severity.ERROR) == 0) {
                servers = new Reachability(context, diagnoser(context), problems).check(check.endpoints());
            }
        }
        return report(servers);
    }

    private Report report(ExitCode servers) {
        Set<String> asked = new TreeSet<>();
        sources.asked().forEach(path -> asked.add(path.toString()));
        List<Problem> reported = problems.all().stream()
                .filter(problem -> asked.contains(problem.place().file()) || !texts.containsKey(problem.place().file())).toList();
        return new Report(List.copyOf(asked), reported, servers);
    }

    private void read(Path path) {
        String file = path.toString();
        String text;
        try {
            text = Files.readString(path);
        } catch (NoSuchFileException e) {
            problems.error(new Place(file, 0, 0), "there is no such file");
            return;
        } catch (MalformedInputException e) {
            problems.error(new Place(file, 0, 0), "the file is not UTF-8");
            return;
        } catch (IOException e) {
            problems.error(new Place(file, 0, 0), "the file cannot be read: " + e.getMessage());
            return;
        }
        texts.put(file, text);
        if (file.endsWith(".properties")) {
            settings = PropertiesFile.of(file, text);
            return;
        }
        try {
            List<Element> documents = Element.documents(file, text);
            if (documents.isEmpty() || documents.get(0).isEmpty()) {
                problems.error(new Place(file, 0, 0), "the file is empty: write a route, or remove the file");
            } else {
                documents.forEach(document -> read(file, document));
            }
        } catch (MarkedYamlEngineException e) {
            problems.error(YamlSyntax.place(e).orElse(new Place(file, 0, 0)), YamlSyntax.reason(e));
        }
    }

    private void read(String file, Element document) {
        String kind = document.text("kind").orElse("");
        if (file.endsWith(Sources.KAMELETS) || kind.equals("Kamelet")) {
            Kamelet kamelet = Kamelet.of(document, Path.of(file).getFileName().toString());
            kamelets.put(kamelet.name(), kamelet);
            kameletFiles.put(kamelet, file);
        } else if (kind.equals("Integration")) {
            document.get("spec", "flows").ifPresent(flows -> routes.add(new RouteFile(file, flows)));
        } else if (document.get("apiVersion").isEmpty()) {
            routes.add(new RouteFile(file, document));
        }
    }

    /** With the settings as they are; where a component refuses one, without those of components. */
    private UnstartedCamel camel(Properties values) {
        try {
            return UnstartedCamel.with(values);
        } catch (Exception refused) {
            Properties rest = new Properties();
            values.stringPropertyNames().stream().filter(key -> !key.startsWith("camel."))
                    .forEach(key -> rest.setProperty(key, values.getProperty(key)));
            try {
                return UnstartedCamel.with(rest);
            } catch (Exception e) {
                throw new IllegalStateException("Camel cannot be set up to look things up in", e);
            }
        }
    }

    private Set<String> beans(UnstartedCamel camel) {
        Set<String> names = camel.beans();
        names.add(NATS_CONNECTION);
        settings.properties().stringPropertyNames().stream().filter(key -> key.startsWith("camel.beans."))
                .forEach(key -> names.add(key.substring("camel.beans.".length()).split("[.\\[]")[0]));
        return names;
    }

    private boolean usesKamelets() {
        return texts.entrySet().stream().filter(file -> !file.getKey().endsWith(Sources.KAMELETS))
                .anyMatch(file -> file.getValue().contains("kamelet:"));
    }

    private Diagnoser diagnoser(CamelContext context) {
        return new Diagnoser(new CamelSurroundings(context, config, kameletFolder));
    }

    /** Camel's own reader has the last word: it makes models of what has no error yet, and throws them away. */
    private void load(CamelContext context, RouteFile file) {
        try {
            for (RoutesBuilder builder : PluginHelper.getRoutesLoader(context).findRoutesBuilders(
                    ResourceHelper.fromString("file:" + file.name(), texts.get(file.name())))) {
                if (builder instanceof RouteBuilder routeBuilder) {
                    routeBuilder.setCamelContext(context);
                    routeBuilder.configure();
                }
            }
        } catch (Exception e) {
            String message = diagnoser(context).diagnose(e).message();
            problems.error(file.root().place(), message.replaceFirst("^" + Pattern.quote(file.name()) + "[:\\d]*: ", ""));
        }
    }
}
