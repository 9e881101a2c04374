package io.distributary.routes.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;

import io.distributary.LogLines;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, what stays, and where it can be seen; and the parts of a file that are no routes. */
class LiveProblemsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Settling FAST = new Settling(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(200));

    @TempDir
    Path folder;

    private final Gate gate = new Gate();
    private EditedRoutes edited;

    /** Starts only while it is open. */
    private static final class Gate extends ServiceSupport implements Processor {
        private volatile boolean closed;

        @Override
        protected void doStart() {
            if (closed) {
                throw new IllegalStateException("the server does not answer");
            }
        }

        @Override
        public void process(Exchange exchange) {
            // lets pass
        }
    }

    @BeforeEach
    void start() throws Exception {
        edited = new EditedRoutes(folder, FAST, Map.of());
        edited.bind("gate", gate);
        edited.context().getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class,
                new DefaultHealthCheckRegistry(edited.context()));
        edited.route("one", route("one", "one"));
        edited.route("two", route("two", "two") + route("three", "three"));
        edited.start();
    }

    @AfterEach
    void stop() {
        edited.stop();
    }

    @Test
    void theHealthCheckSaysWhatIsRefusedAndStaysUp() throws Exception {
        assertEquals("OK", health().getDetails().get("state"));
        edited.route("one", "- route: {id: one, fromm: {uri: direct:one}}\n");
        await().atMost(PATIENCE).until(() -> health().getDetails().get("state").equals("DEGRADED"));
        assertEquals(HealthCheck.State.UP, health().getState());
        String problem = (String) health().getDetails().get("problem." + edited.route("one"));
        assertTrue(problem.contains("one.camel.yaml:1:10: unknown name fromm: did you mean from?"), problem);
        assertEquals("one", answer("one"));
        edited.route("one", route("one", "again"));
        awaitAnswer("one", "again");
        await().atMost(PATIENCE).until(() -> health().getDetails().get("state").equals("OK"));
    }

    @Test
    void theOtherRoutesOfAFileRunOnUntouched() throws Exception {
        Consumer three = consumer("three");
        edited.route("two", route("two", "new") + route("three", "three"));
        awaitAnswer("two", "new");
        assertSame(three, consumer("three"));
    }

    @Test
    void anIdThatAnotherFileHasIsRefusedWithBothPlaces() throws Exception {
        edited.route("late", route("one", "late"));
        await().atMost(PATIENCE).until(() -> edited.problem("late").isPresent());
        assertEquals(edited.route("late") + ":2:9: route one is also in " + edited.route("one") + ":2:9: give each its own id",
                edited.problem("late").get());
        assertEquals("one", answer("one"));
        edited.deleteRoute("one");
        awaitAnswer("one", "late");
        assertEquals(Map.of(), edited.live().problems());
    }

    @Test
    void onlyTheFileThatDoesNotStartStaysAsItWas() throws Exception {
        gate.closed = true;
        edited.route("one", route("one", "new"));
        edited.route("two", route("two", "new") + route("three", "three") + gated("gated", "gated"));
        await().atMost(PATIENCE).until(() -> edited.problem("two").isPresent());
        assertTrue(edited.problem("two").get().contains("the server does not answer"), edited.live().problems()::toString);
        awaitAnswer("one", "new");
        awaitAnswer("two", "two");

        gate.closed = false;
        Files.setLastModifiedTime(edited.route("two"), FileTime.fromMillis(0)); // saved again as it is
        awaitAnswer("two", "new");
        awaitAnswer("gated", "gated");
        assertEquals(Map.of(), edited.live().problems());
    }

    @Test
    void aRouteThatStartsNeitherAnewNorAgainIsDownUntilItDoes() throws Exception {
        edited.route("gated", gated("gated", "before"));
        awaitAnswer("gated", "before");
        gate.closed = true;
        edited.route("gated", gated("gated", "after"));
        await().atMost(PATIENCE).until(() -> edited.live().routesDown());
        assertEquals(HealthCheck.State.DOWN, health().getState());
        assertEquals("one", answer("one"));
        gate.closed = false;
        awaitAnswer("gated", "before");
        await().atMost(PATIENCE).until(() -> !edited.live().routesDown());
        assertTrue(edited.problem("gated").isPresent(), "its last save is still not in force");
    }

    @Test
    void beansAndTemplatesChangeWithTheRoutesThatUseThem() throws Exception {
        edited.route("extra", "- beans: [{name: word, type: java.util.concurrent.atomic.AtomicInteger, properties: {plain: 1}}]\n"
                + "- routeTemplate: {id: stencil, parameters: [{name: id}], from: {uri: \"direct:{{id}}\", steps:"
                + " [{setBody: {constant: drawn}}]}}\n");
        edited.route("uses", "- route: {id: bean, from: {uri: direct:bean, steps: [{to: \"bean:word?method=get\"}]}}\n"
                + "- templatedRoute: {routeTemplateRef: stencil, routeId: drawn, parameters: [{name: id, value: drawn}]}\n");
        awaitAnswer("bean", "1");
        awaitAnswer("drawn", "drawn");
        edited.route("extra", Files.readString(edited.route("extra")).replace("plain: 1", "plain: 2").replace("constant: drawn", "constant: redrawn"));
        awaitAnswer("bean", "2");
        awaitAnswer("drawn", "redrawn");
        edited.deleteRoute("uses");
        edited.deleteRoute("extra");
        await().atMost(PATIENCE).until(() -> edited.context().getRegistry().lookupByName("word") == null);
        assertEquals(Map.of(), edited.live().problems());
    }

    @Test
    void aNewFileThatNeedsAnotherIsTakenUpWithIt() throws Exception {
        edited.route("uses", route("uses", "x").replace("steps: [", "steps: [{to: \"bean:word?method=get\"}, "));
        await().atMost(PATIENCE).until(() -> edited.problem("uses").isPresent());
        edited.route("extra", "- beans: [{name: word, type: java.util.concurrent.atomic.AtomicInteger}]\n");
        awaitAnswer("uses", "x");
        assertEquals(Map.of(), edited.live().problems());
    }

    @Test
    void aRouteWithoutAnIdIsReplacedAndRemovedToo() throws Exception {
        edited.route("nameless", "- from: {uri: direct:nameless, steps: [{setBody: {constant: a}}]}\n");
        awaitAnswer("nameless", "a");
        edited.route("nameless", "- from: {uri: direct:nameless, steps: [{setBody: {constant: b}}]}\n");
        awaitAnswer("nameless", "b");
        edited.deleteRoute("nameless");
        await().atMost(PATIENCE).until(() -> edited.context().getRoutes().size() == 3);
    }

    @Test
    void aChangeOfTheSettingsIsReportedOnce() throws Exception {
        try (LogLines log = LogLines.of("io.distributary")) {
            Files.writeString(folder.resolve("application.properties"), "a=c\n");
            await().atMost(PATIENCE).until(() -> !log.lines().isEmpty());
            edited.route("one", route("one", "new"));
            awaitAnswer("one", "new");
            assertEquals(1, log.lines().stream().filter(line -> line.contains("takes effect at a restart")).count(),
                    log.lines()::toString);
        }
    }

    private HealthCheck.Result health() {
        return HealthCheckRegistry.get(edited.context()).getCheck("distributary-routes").orElseThrow().call();
    }

    private Consumer consumer(String route) {
        return edited.context().getRoute(route).getConsumer();
    }

    private void awaitAnswer(String route, String expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(expected, tryAnswer(route)));
    }

    private String tryAnswer(String route) throws IOException {
        try {
            return answer(route);
        } catch (CamelExecutionException e) {
            return e.getCause() + " with " + edited.live().problems();
        }
    }

    private String answer(String route) throws IOException {
        try (var template = edited.context().createProducerTemplate()) {
            return template.requestBody("direct:" + route + "?block=false", "", String.class);
        }
    }

    private static String route(String id, String body) {
        return "- route:\n    id: " + id + "\n    from: {uri: \"direct:" + id + "\", steps: [{setBody: {constant: " + body + "}}]}\n";
    }

    private static String gated(String id, String body) {
        return route(id, body).replace("steps: [", "steps: [{process: {ref: gate}}, ");
    }
}
