package io.distributary.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

import io.distributary.routes.live.LiveRoutes;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.CamelTracingService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

class LiveRoutesTest {
    private static final String ROUTE = """
            - route:
                id: greeter
                from:
                  uri: direct:in
                  steps:
                    - setBody: {constant: %s}
            """;
    private static final String OTHER = """
            - route:
                id: other
                from:
                  uri: direct:other
                  steps:
                    - setBody: {constant: other}
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private RoutesMain main;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("application.properties"), "a=b\n");
        Files.writeString(folder.resolve("routes/other.camel.yaml"), OTHER);
        save(ROUTE.formatted("one"));
        main = new RoutesMain(CommandLine.populateCommand(new RunOptions(),
                "--config", folder.resolve("application.properties").toString(), "--routes", folder.resolve("routes").toString()));
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void nothingIsTracedUnlessAskedFor() {
        assertNull(main.getCamelContext().hasService(CamelTracingService.class));
    }

    @Test
    void aSavedRouteTakesEffect() throws IOException {
        assertEquals("one", answer("direct:in"));
        save(ROUTE.formatted("two"));
        awaitAnswer("two");
        assertEquals("other", answer("direct:other"));
    }

    @Test
    void aFileThatIsNoRouteIsRefusedWhileTheRoutesGoOn() throws IOException {
        save(ROUTE.formatted("two").replace("setBody", "setBodi"));
        awaitProblem("greeter.camel.yaml:6:11: unknown name setBodi: did you mean setBody?");
        assertEquals("one", answer("direct:in"));
        assertEquals("other", answer("direct:other"));

        save(ROUTE.formatted("three"));
        awaitAnswer("three");
        Awaitility.await().atMost(PATIENCE).until(() -> live().problems().isEmpty());
    }

    @Test
    void afterAMistakeThatShowsOnlyWhenTheRouteIsMadeTheLastGoodOneRunsAgain() throws IOException {
        save(ROUTE.formatted("two") + "        - to: {uri: seda:b, parameters: {sizze: 3}}\n");
        awaitProblem("greeter.camel.yaml:7:42: route greeter: seda has no option sizze: did you mean size?");
        awaitAnswer("one");
        assertEquals("other", answer("direct:other"));

        save(ROUTE.formatted("three"));
        awaitAnswer("three");
        assertEquals("other", answer("direct:other"));
        assertEquals(2, main.getCamelContext().getRoutesSize());
    }

    @Test
    void aDeletedFileTakesItsRouteAlongAndANewOneBringsIt() throws IOException {
        Files.delete(folder.resolve("routes/other.camel.yaml"));
        Awaitility.await().atMost(PATIENCE).until(() -> main.getCamelContext().getRoute("other") == null);
        awaitAnswer("one");

        save(Path.of("new.camel.yaml"), OTHER);
        Awaitility.await().atMost(PATIENCE).until(() -> main.getCamelContext().getRoute("other") != null);
    }

    private LiveRoutes live() {
        return main.getCamelContext().hasService(LiveRoutes.class);
    }

    private void awaitProblem(String expected) {
        Awaitility.await().atMost(PATIENCE).until(() -> live().problem(folder.resolve("routes/greeter.camel.yaml"))
                .map(problem -> problem.replace(folder.resolve("routes") + "/", "")), Optional.of(expected)::equals);
    }

    private void awaitAnswer(String expected) {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> answer("direct:in").equals(expected));
    }

    private String answer(String endpoint) throws IOException {
        try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
            return template.requestBody(endpoint, "", String.class);
        }
    }

    private void save(String route) throws IOException {
        save(Path.of("greeter.camel.yaml"), route);
    }

    /** As editors do it: never half a file. */
    private void save(Path file, String route) throws IOException {
        Path written = Files.writeString(folder.resolve("next"), route);
        Files.move(written, folder.resolve("routes").resolve(file), StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }
}
