package io.distributary.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RouteFilesTest {
    static List<Path> routes() {
        return ProjectFiles.find("routes", "*.{yaml,yml}").stream()
                .filter(file -> !file.endsWith("kustomization.yaml")).toList();
    }

    @Test
    void theFlagshipIsAmongTheRoutes() {
        assertTrue(routes().contains(ProjectFiles.BASE.resolve("routes/orders-fanout.camel.yaml")),
                "routes/orders-fanout.camel.yaml is missing");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyRouteFileIsNamedAsTheApplicationLooksForIt(Path file) {
        assertTrue(file.toString().endsWith(".camel.yaml"),
                ProjectFiles.relative(file) + " does not end in .camel.yaml");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyRouteFilePassesCamelsOwnSchema(Path file) {
        assertEquals(List.of(), CamelYamlSchemas.CLASSIC.check(YamlFile.of(file)));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyRouteFileIsCanonical(Path file) {
        assertEquals(List.of(), CamelYamlSchemas.CANONICAL.check(YamlFile.of(file)));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void optionsStandUnderParametersAndNotInTheUri(Path file) {
        assertEquals(List.of(), LongUris.in(YamlFile.of(file)));
    }

    @Test
    void aTypoIsFoundWithFileAndLine() {
        var errors = CamelYamlSchemas.CLASSIC.check(route("""
                - route:
                    id: typo
                    from:
                      uri: direct:a
                      steps:
                        - to:
                            uri: mock:a
                            paramters: {}
                """));
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.get(0).startsWith("typo.camel.yaml:8: "), errors.get(0));
        assertTrue(errors.get(0).contains("paramters"), errors.get(0));
    }

    @Test
    void aWrongTypeIsFoundWithFileAndLine() {
        var errors = CamelYamlSchemas.CLASSIC.check(route("""
                - route:
                    autoStartup: true
                    from:
                      uri: direct:a
                      steps: nothing
                """));
        assertTrue(errors.stream().anyMatch(error -> error.startsWith("typo.camel.yaml:5: ")), errors::toString);
    }

    @Test
    void everyShorthandIsRefusedAsNotCanonical() {
        var shorthands = List.of(
                "- from: {uri: 'direct:a', steps: []}",
                "- route: {from: {uri: 'direct:a', steps: [{to: 'mock:a'}]}}",
                "- route: {from: {uri: 'direct:a', steps: [{log: 'a'}]}}",
                "- route: {from: {uri: 'direct:a', steps: [{setBody: {simple: {expression: '${body}'}}}]}}",
                "- route: {from: {uri: 'direct:a', steps: [{setBody: {expression: {simple: '${body}'}}}]}}");
        for (var shorthand : shorthands) {
            assertEquals(List.of(), CamelYamlSchemas.CLASSIC.check(route(shorthand)), shorthand);
            assertFalse(CamelYamlSchemas.CANONICAL.check(route(shorthand)).isEmpty(), shorthand);
        }
    }

    @Test
    void whatKaotoWritesIsCanonical() {
        var canonical = route("""
                - route:
                    id: route-1
                    from:
                      id: from-1
                      uri: direct
                      parameters: {name: a}
                      steps:
                        - filter:
                            id: filter-1
                            expression:
                              simple: {expression: "${body} != null"}
                            steps:
                              - to: {id: to-1, uri: mock, parameters: {name: a}}
                        - marshal: {json: {}}
                - routeConfiguration:
                    errorHandler:
                      deadLetterChannel: {deadLetterUri: "mock:dead"}
                """);
        assertEquals(List.of(), CamelYamlSchemas.CANONICAL.check(canonical));
    }

    @Test
    void aLongUriIsFoundAndAnOptionalPlaceholderIsNone() {
        assertEquals(List.of("typo.camel.yaml:1: options in a URI, not under parameters: mock:a?retainLast=1"),
                LongUris.in(route("- route: {from: {uri: 'mock:a?retainLast=1', steps: []}}")));
        assertEquals(List.of(), LongUris.in(route("- route: {from: {uri: 'mock:{{?name}}', steps: []}}")));
    }

    private static YamlFile route(String text) {
        return YamlFile.of("typo.camel.yaml", 1, text);
    }

    /** An option in a URI cannot be checked, commented or edited on its own. */
    static final class LongUris {
        private LongUris() {
        }

        static List<String> in(YamlFile file) {
            return Stream.of("uri", "deadLetterUri").flatMap(name -> file.root().findValues(name).stream())
                    .filter(uri -> uri.asText().replace("{{?", "{{").contains("?"))
                    .map(uri -> file.at(uri) + ": options in a URI, not under parameters: " + uri.asText())
                    .toList();
        }
    }
}
