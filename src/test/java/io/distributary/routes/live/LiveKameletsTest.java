package io.distributary.routes.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.camel.Consumer;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kamelets that change, and what Camel makes of them for each route: remade where it must be, left alone elsewhere, never left behind. */
class LiveKameletsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Settling FAST = new Settling(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(200));

    @TempDir
    Path folder;

    private EditedRoutes edited;

    @BeforeEach
    void start() throws Exception {
        edited = new EditedRoutes(folder, FAST, Map.of("letters", "kamelet:keep-sink?box=dead"));
        edited.kamelet("paint-action", paint("red"));
        edited.kamelet("keep-sink", kamelet("keep-sink", "box", "- to: \"mock:{{box}}\""));
        edited.kamelet("double-action", kamelet("double-action", "color", "- to: \"kamelet:paint-action?color={{color}}\""));
        edited.kamelet("tick-source", """
                kind: Kamelet
                metadata: {name: tick-source}
                spec:
                  definition: {properties: {name: {type: string}}}
                  template:
                    from:
                      uri: "timer:{{name}}?delay=0&period=20"
                      steps: [{to: "kamelet:sink"}]
                """);
        edited.route("handling", """
                - routeConfiguration:
                    id: handling
                    errorHandler: {deadLetterChannel: {deadLetterUri: "{{letters}}", deadLetterHandleNewException: false}}
                """);
        edited.route("painter", route("painter", "kamelet:paint-action?color=wall"));
        edited.route("other", route("other", "kamelet:paint-action?color=wall"));
        edited.route("plain", route("plain", "kamelet:keep-sink?box=plain"));
        edited.start();
    }

    @AfterEach
    void stop() {
        edited.stop();
    }

    @Test
    void aChangedKameletMakesItsRoutesAnewAndLeavesTheOthersAlone() throws Exception {
        Consumer plain = consumer("plain");
        assertEquals("red wall", answer("painter"));
        edited.kamelet("paint-action", paint("blue"));
        awaitAnswer("painter", "blue wall");
        awaitAnswer("other", "blue wall");
        assertSame(plain, consumer("plain"));
    }

    @Test
    void aKameletWithinAKameletCountsToo() throws Exception {
        edited.route("painter", route("painter", "kamelet:double-action?color=door"));
        awaitAnswer("painter", "red door");
        edited.kamelet("paint-action", paint("blue"));
        awaitAnswer("painter", "blue door");
    }

    @Test
    void aKameletThatAMessageNamesCountsToo() throws Exception {
        edited.route("painter", route("painter", "kamelet:${exchangeProperty.none}paint-action?color=sky").replace("to: ", "toD: "));
        awaitAnswer("painter", "red sky");
        edited.kamelet("paint-action", paint("blue"));
        awaitAnswer("painter", "blue sky");
    }

    @Test
    void aKameletThatTwoRoutesShareOutlivesTheOneThatCameFirst() throws Exception {
        Consumer other = consumer("other");
        edited.route("painter", route("painter", "kamelet:keep-sink?box=painter"));
        awaitAnswer("painter", "");
        edited.deleteRoute("painter");
        await().atMost(PATIENCE).until(() -> edited.context().getRoute("painter") == null);
        assertEquals("red wall", answer("other"));
        assertSame(other, consumer("other"));
        edited.route("other", route("other", "kamelet:keep-sink?box=other"));
        awaitAnswer("other", "");
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(0, made("paint-action")));
    }

    @Test
    void manyEditsLeaveNothingBehind() throws Exception {
        for (int n = 1; n <= 10; n++) {
            edited.route("painter", route("painter", "kamelet:double-action?color=wall" + n));
            awaitAnswer("painter", "red wall" + n);
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertEquals(2, made("paint-action"), "one within double-action, one of the other route");
            assertEquals(1, made("double-action"));
            assertEquals(edited.context().getRoutes().stream().filter(route -> route.isCreatedByKamelet()).count(),
                    edited.context().getEndpoints().stream().filter(KameletEndpoint.class::isInstance)
                            .filter(endpoint -> !endpoint.getEndpointUri().matches("kamelet://(source|sink)\\?.*")).count());
        });
    }

    @Test
    void theKameletOfADeadLetterChannelStaysWhileARouteHasIt() throws Exception {
        edited.route("careful", careful("careful", "first"));
        edited.route("second", careful("second", "second"));
        awaitAnswer("careful", "first");
        awaitAnswer("second", "second");
        edited.route("careful", route("careful", "log:x"));
        awaitAnswer("careful", "");
        assertEquals("second", answer("second"), "handled by the dead letter channel");
        Consumer plain = consumer("plain");
        Consumer second = consumer("second");
        edited.route("handling", Files.readString(edited.route("handling")).replace("{{letters}}", "mock:elsewhere"));
        await().atMost(PATIENCE).until(() -> consumer("second") != null && consumer("second") != second);
        assertSame(plain, consumer("plain"));
        assertEquals("second", answer("second"));
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(1, made("keep-sink"), "that of the route plain"));
    }

    @Test
    void aSourceKameletStopsWithItsRouteAndNeverRunsTwice() throws Exception {
        for (int n = 1; n <= 5; n++) {
            edited.route("ticking", "- route:\n    id: ticking\n    from: {uri: \"kamelet:tick-source?name=t" + (n % 2)
                    + "\", steps: [{to: \"mock:tick" + n + "\"}]}\n");
            String target = "mock:tick" + n;
            await().atMost(PATIENCE).until(() -> edited.context().getEndpoint(target,
                    org.apache.camel.component.mock.MockEndpoint.class).getReceivedCounter() > 2);
            assertEquals(1, made("tick-source"));
        }
        edited.deleteRoute("ticking");
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(0, made("tick-source")));
    }

    @Test
    void aBrokenKameletIsRefusedAlsoForARouteThatUsesItForTheFirstTime() throws Exception {
        Consumer painter = consumer("painter");
        Consumer plain = consumer("plain");
        edited.kamelet("double-action", kamelet("double-action", "color", "- too: x"));
        await().atMost(PATIENCE).until(() -> edited.kameletProblem("double-action").isPresent());
        assertTrue(edited.kameletProblem("double-action").get().contains("double-action.kamelet.yaml:9:11: unknown name too"),
                edited.live().problems()::toString);
        edited.route("painter", route("painter", "kamelet:double-action?color=door"));
        awaitAnswer("painter", "red door");
        assertNotSame(painter, consumer("painter"));
        assertSame(plain, consumer("plain"));
    }

    @Test
    void aParameterThatAKameletHasNotIsRefusedBeforeAnythingIsSent() throws Exception {
        edited.route("painter", route("painter", "kamelet:paint-action?colour=wall"));
        await().atMost(PATIENCE).until(() -> edited.problem("painter").isPresent());
        assertTrue(edited.problem("painter").get().contains("paint-action"), edited.live().problems()::toString);
        assertEquals("red wall", answer("painter"));
        edited.route("painter", route("painter", "kamelet:paint-action?color=floor"));
        awaitAnswer("painter", "red floor");
        assertEquals(Map.of(), edited.live().problems());
    }

    @Test
    void aKameletThatNoRouteCanBeMadeOfIsPutBackWithAllItsRoutes() throws Exception {
        Consumer plain = consumer("plain");
        edited.kamelet("paint-action", paint("blue").replace("- setBody", "- to: \"seda:x?sizze=3\"\n        - setBody"));
        await().atMost(PATIENCE).until(() -> edited.kameletProblem("paint-action").isPresent());
        assertTrue(edited.kameletProblem("paint-action").get().contains("has no option sizze"), edited.live().problems()::toString);
        awaitAnswer("painter", "red wall");
        awaitAnswer("other", "red wall");
        assertSame(plain, consumer("plain"));
        edited.kamelet("paint-action", paint("green"));
        awaitAnswer("other", "green wall");
    }

    @Test
    void aKameletInUseCannotBeDeleted() throws Exception {
        Files.delete(edited.kamelet("paint-action"));
        await().atMost(PATIENCE).until(() -> edited.kameletProblem("paint-action").isPresent());
        assertEquals("red wall", answer("painter"));
        edited.kamelet("paint-action", paint("red"));
        await().atMost(PATIENCE).until(() -> edited.live().problems().isEmpty());
    }

    private Consumer consumer(String route) {
        return edited.context().getRoute(route) == null ? null : edited.context().getRoute(route).getConsumer();
    }

    private long made(String kamelet) {
        return new RouteGraph(edited.context()).madeFrom(List.of(kamelet)).size();
    }

    private void awaitAnswer(String route, String expected) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> answer(route).equals(expected));
    }

    private String answer(String route) throws IOException {
        try (var template = edited.context().createProducerTemplate()) {
            return template.requestBody("direct:" + route, "", String.class);
        }
    }

    private static String paint(String color) {
        return kamelet("paint-action", "color", "- setBody: {constant: \"" + color + " {{color}}\"}");
    }

    private static String kamelet(String name, String parameter, String step) {
        return """
                kind: Kamelet
                metadata: {name: %s}
                spec:
                  definition: {properties: {%s: {type: string}}}
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        %s
                """.formatted(name, parameter, step);
    }

    private static String route(String id, String to) {
        return "- route:\n    id: " + id + "\n    from: {uri: \"direct:" + id + "\", steps: [{to: \"" + to + "\"}]}\n";
    }

    private static String careful(String id, String body) {
        return "- route:\n    id: " + id + "\n    routeConfigurationId: handling\n    from: {uri: \"direct:" + id
                + "\", steps: [{setBody: {constant: " + body + "}}, {throwException: {exceptionType: java.lang.IllegalStateException,"
                + " message: no}}]}\n";
    }
}
