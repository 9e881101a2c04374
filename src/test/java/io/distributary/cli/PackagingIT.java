package io.distributary.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is released: the application's classes and the libraries it runs on, nothing of the tests or the sandbox. */
class PackagingIT {
    private static final List<String> TESTS_ONLY = List.of("DynamoDBLocal", "elasticmq", "opensearch-2", "transport-netty4",
            "sqlite", "junit", "jqwik", "testcontainers", "archunit", "awaitility", "scala-library", "camel-test", "sandbox");

    @Test
    void theJarHoldsTheApplicationOnly() throws IOException {
        Set<String> classes = entries().filter(name -> name.endsWith(".class")).collect(Collectors.toCollection(TreeSet::new));
        Path compiled = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(compiled)) {
            assertEquals(files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> compiled.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new)), classes);
        }
        assertEquals(List.of(), classes.stream().filter(name -> name.contains("/sandbox/") || name.endsWith("Test.class")
                || name.endsWith("IT.class")).toList());
    }

    @Test
    void camelFindsOurComponentsByTheServiceFile() throws IOException {
        assertEquals(List.of("META-INF/services/org.apache.camel.spi.ContextServicePlugin"),
                entries().filter(name -> name.startsWith("META-INF/services/org.apache.camel.spi.ContextServicePlugin")).toList());
        assertEquals(List.of(), entries().filter(name -> name.startsWith("META-INF/services/org/apache/camel/component/")).toList());
    }

    @Test
    void theLibrariesAreThoseOfTheClassPathAndNoneOfTheTests() throws IOException {
        Set<String> libraries;
        try (Stream<Path> files = Files.list(PackagedJar.JAR.resolveSibling("lib"))) {
            libraries = files.map(file -> "lib/" + file.getFileName()).collect(Collectors.toCollection(TreeSet::new));
        }
        try (JarFile jar = new JarFile(PackagedJar.JAR.toFile())) {
            String classPath = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            assertEquals(new TreeSet<>(Arrays.asList(classPath.split(" "))), libraries);
        }
        assertEquals(List.of(), libraries.stream()
                .filter(library -> TESTS_ONLY.stream().anyMatch(name -> library.startsWith("lib/" + name))).toList());
        assertTrue(libraries.stream().anyMatch(library -> library.startsWith("lib/camel-main")));
    }

    private static Stream<String> entries() throws IOException {
        try (JarFile jar = new JarFile(PackagedJar.JAR.toFile())) {
            return jar.stream().map(entry -> entry.getName()).toList().stream();
        }
    }
}
