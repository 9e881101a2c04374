package io.distributary.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.distributary.cli.PackagedJar;
import io.distributary.sandbox.Stack;
import org.apache.camel.main.Main;

/**
 * A recipe's file as it is shipped, copied into the {@code routes/} of a folder as a user does, with the shipped error handling,
 * kamelets and properties beside it. Each start is a start of the application in that folder: its checkpoints stay there.
 */
final class RecipeRun {
    private static final String SUFFIX = ".camel.yaml";

    private final Stack stack;
    private final Path folder;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Object> beans = new LinkedHashMap<>();

    /** Dead letters of the recipe. */
    final SqsInbox deadLetters;

    /**
     * @param folder an empty folder of the test's own
     * @param recipe the file's name in routes/recipes, without {@value #SUFFIX}
     */
    RecipeRun(Stack stack, Path folder, String recipe) throws IOException {
        this.stack = stack;
        this.folder = folder;
        copy("application.properties", "application.properties");
        copy("routes/error-handling" + SUFFIX, "routes/error-handling" + SUFFIX);
        copy("routes/recipes/" + recipe + SUFFIX, "routes/" + recipe + SUFFIX);
        try (Stream<Path> kamelets = Files.list(Path.of("kamelets"))) {
            for (Path kamelet : kamelets.toList()) {
                copy(kamelet.toString(), kamelet.toString());
            }
        }
        deadLetters = new SqsInbox(stack, Stack.uniqueName(recipe + "-dead-letters"));
        set("dead-letter.queue", deadLetters.name);
        set("dead-letter.redelivery-delay", "20");
    }

    private void copy(String from, String to) throws IOException {
        Files.createDirectories(folder.resolve(to).getParent());
        Files.copy(Path.of(from), folder.resolve(to));
    }

    /** A property, or an environment variable of that name. */
    RecipeRun set(String name, String value) {
        values.put(name, value);
        return this;
    }

    /** What the application finds in its registry, when it is started in this JVM. */
    RecipeRun bind(String name, Object bean) {
        beans.put(name, bean);
        return this;
    }

    /** In this JVM, the values as properties; until it is stopped. */
    Main start() {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:" + folder.resolve("application.properties"));
        main.configure().withRoutesIncludePattern("file:" + folder.resolve("routes") + "/*" + SUFFIX).withJmxEnabled(false);
        Map<String, String> settings = new HashMap<>(stack.settings());
        settings.put("camel.component.kamelet.location", "file:" + folder.resolve("kamelets"));
        settings.put("camel.component.aws2-ddbstream.checkpoint-directory", folder.resolve("data/checkpoints").toString());
        settings.putAll(values);
        settings.forEach(main::addOverrideProperty);
        beans.forEach(main::bind);
        main.start();
        return main;
    }

    /** As a process of its own, when its routes have started. */
    PackagedJar startJar() throws IOException {
        PackagedJar jar = launchJar();
        jar.await(line -> line.contains(" started in "));
        return jar;
    }

    /** The packaged application as a process in the folder, the values as environment variables. */
    PackagedJar launchJar() throws IOException {
        Map<String, String> environment = new HashMap<>(stack.environment());
        values.forEach((name, value) -> environment.put(name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
        return PackagedJar.start(folder, environment);
    }
}
