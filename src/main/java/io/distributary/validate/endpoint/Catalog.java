package io.distributary.validate.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.diagnosis.Suggestion;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.util.StringHelper;

/**
 * What there is on the class path: components with their options, languages, data formats and data types. From the catalog
 * entries in the jars themselves, and so for the version that runs, with whatever jars a person has added. Those of our own
 * components stand beside their classes.
 */
public final class Catalog {
    private static final String SERVICES = "META-INF/services/org/apache/camel/";

    private final CamelContext context;
    private final ClassLoader loader = Catalog.class.getClassLoader();
    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, Optional<ComponentModel>> components = new HashMap<>();

    /** @param context its registry wins over the class path, as it does for Camel */
    public Catalog(CamelContext context) {
        this.context = context;
    }

    /** A component; empty where there is none of this scheme. */
    Optional<ComponentModel> component(String scheme) {
        return components.computeIfAbsent(scheme, this::read);
    }

    private Optional<ComponentModel> read(String scheme) {
        Component bound = context.getRegistry().lookupByNameAndType(scheme, Component.class);
        String type = bound != null ? bound.getClass().getName() : service("component/" + scheme).orElse(null);
        if (type == null) {
            return Optional.empty();
        }
        String entry = "META-INF/" + type.substring(0, type.lastIndexOf('.')).replace('.', '/') + "/" + scheme + ".json";
        try (InputStream in = loader.getResourceAsStream(entry)) {
            return in == null ? Optional.empty() : Optional.of(ComponentModel.of(scheme, mapper.readTree(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is wrong with {@code camel.component.SCHEME.OPTION=VALUE}, or empty.
     *
     * @param value null where it is not known yet
     */
    public Optional<String> componentProblem(String scheme, String option, String value) {
        String key = "camel.component." + scheme + "." + option;
        Optional<ComponentModel> component = component(scheme);
        if (component.isEmpty()) {
            return Optional.of("unknown property " + key + ": there is no component " + scheme + ": "
                    + Suggestion.of(scheme, schemes()));
        }
        Map<String, EndpointOption> known = component.get().properties();
        String name = StringHelper.dashToCamelCase(option.split("[.\\[]")[0]);
        Optional<EndpointOption> found = known.values().stream().filter(one -> one.name().equalsIgnoreCase(name)).findFirst();
        if (found.isEmpty()) {
            return Optional.of("unknown property " + key + ": " + Suggestion.of(name, known.keySet())
                    .replace("did you mean ", "did you mean camel.component." + scheme + "."));
        }
        return value == null || !name.equalsIgnoreCase(StringHelper.dashToCamelCase(option)) ? Optional.empty()
                : found.get().problem(value).map(problem -> key.substring(0, key.length() - option.length()) + problem);
    }

    /** The schemes of all components. */
    public Collection<String> schemes() {
        return names("component.properties", "components");
    }

    public boolean hasLanguage(String name) {
        return service("language/" + name).isPresent();
    }

    public Collection<String> languages() {
        Set<String> names = new TreeSet<>(names("language.properties", "languages"));
        names.addAll(services("language")); // ours is in no such list
        return names;
    }

    public boolean hasDataFormat(String name) {
        return service("dataformat/" + name).isPresent();
    }

    public Collection<String> dataFormats() {
        return names("dataformat.properties", "dataFormats");
    }

    /** As {@code toType} names them: {@code scheme:name}. */
    public boolean hasDataType(String name) {
        return service("transformer/" + name.replace(':', '-').replace('/', '-')).isPresent();
    }

    /** The data types of our source. */
    public Collection<String> dataTypes() {
        String prefix = "aws2-ddbstream-";
        return services("transformer").stream().filter(name -> name.startsWith(prefix))
                .map(name -> "aws2-ddbstream:" + name.substring(prefix.length())).toList();
    }

    /** The names of the files in a folder of services. */
    private Set<String> services(String folder) {
        Set<String> names = new TreeSet<>();
        try {
            for (URL url : Collections.list(loader.getResources(SERVICES + folder))) {
                list(url).filter(name -> !name.isEmpty() && !name.endsWith(".json")).forEach(names::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static Stream<String> list(URL folder) throws IOException {
        if (folder.openConnection() instanceof JarURLConnection jar) {
            return jar.getJarFile().stream().map(entry -> entry.getName())
                    .filter(name -> name.startsWith(jar.getEntryName())).map(name -> name.substring(name.lastIndexOf('/') + 1));
        }
        try (Stream<Path> files = Files.list(Path.of(folder.getPath()))) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    /** The class that a service file names. */
    private Optional<String> service(String name) {
        try (InputStream in = loader.getResourceAsStream(SERVICES + name)) {
            if (in == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.load(in);
            return Optional.ofNullable(properties.getProperty("class"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Collection<String> names(String file, String key) {
        Set<String> names = new TreeSet<>();
        try {
            for (URL url : Collections.list(loader.getResources(SERVICES + file))) {
                try (InputStream in = url.openStream()) {
                    Properties properties = new Properties();
                    properties.load(in);
                    names.addAll(Arrays.asList(properties.getProperty(key, "").split("\\s+")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        names.remove("");
        return names;
    }
}
