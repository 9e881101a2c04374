package io.distributary.routes.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.distributary.LogLines;
import org.apache.camel.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order a route ends and the next one begins, whatever it has to finish meanwhile. */
class RouteStopTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Settling FAST = new Settling(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(200));

    @TempDir
    Path folder;

    private final RecordedComponent recorded = new RecordedComponent();
    private EditedRoutes edited;
    private Consumer other;

    @BeforeEach
    void start() throws Exception {
        edited = new EditedRoutes(folder, FAST, Map.of());
        edited.context().addComponent("recorded", recorded);
        edited.route("one", route("one", "recorded:one", "recorded:new", 1) + route("other", "recorded:other", "recorded:other", 1));
        edited.start();
        other = edited.context().getRoute("other").getConsumer();
        recorded.source("other").emit("others");
        recorded.source("one").emit("a");
        assertTrue(recorded.holds("a"));
    }

    @AfterEach
    void stop() {
        if (recorded.holds("others")) {
            recorded.complete("others");
        }
        edited.stop();
    }

    @Test
    void whatIsInFlightEndsBeforeTheOldRouteStopsAndThatBeforeTheNewOneStarts() throws Exception {
        RecordedComponent.Source old = recorded.source("one");
        save(2);
        awaitLooks(old);
        recorded.complete("a");
        assertEquals(List.of("source one suspends", "a done", "source one stops", "target new stops", "target new starts",
                "source one starts"), eventsOfTheReplacement(old));
        assertOtherUntouched();
    }

    @Test
    void whatASourceHasStillToHandOutIsWaitedForToo() throws Exception {
        RecordedComponent.Source old = recorded.source("one");
        old.waiting(1);
        recorded.complete("a");
        save(2);
        awaitLooks(old);
        old.emit("b");
        old.waiting(0);
        recorded.complete("b");
        assertEquals(List.of("a done", "source one suspends", "b done", "source one stops", "target new stops", "target new starts",
                "source one starts"), eventsOfTheReplacement(old));
    }

    @Test
    void aRouteThatIsRemovedFinishesFirstToo() throws Exception {
        RecordedComponent.Source old = recorded.source("one");
        edited.route("one", route("other", "recorded:other", "recorded:other", 1));
        awaitLooks(old);
        recorded.complete("a");
        await().atMost(PATIENCE).until(() -> edited.context().getRoute("one") == null);
        assertEquals(List.of("source one suspends", "a done", "source one stops", "target new stops"), eventsSinceTheStart());
        assertOtherUntouched();
    }

    @Test
    void routesJoinedByDirectAreReplacedTogetherSourceFirst() throws Exception {
        recorded.complete("a");
        edited.route("one", chain(1));
        await().atMost(PATIENCE).until(() -> recorded.events().contains("target end starts")
                && edited.context().getRoute("one").getConsumer() == recorded.source("one"));
        RecordedComponent.Source old = recorded.source("one");
        await().atMost(PATIENCE).until(old::isStarted);
        old.emit("b");
        int before = recorded.events().size();
        edited.route("one", chain(2));
        awaitLooks(old);
        recorded.complete("b");
        await().atMost(PATIENCE).until(() -> recorded.source("one") != old && recorded.events().size() == before + 6);
        assertEquals(List.of("source one suspends", "b done", "source one stops", "target end stops", "source one starts",
                "target end starts"), recorded.events().subList(before, recorded.events().size()));
        assertOtherUntouched();
    }

    @Test
    void whatDoesNotFinishInTimeFailsSoThatItsSourceDeliversItAgain() throws Exception {
        edited.context().getShutdownStrategy().setTimeout(1);
        RecordedComponent.Source old = recorded.source("one");
        try (LogLines log = LogLines.of("io.distributary")) {
            save(2);
            List<String> events = eventsOfTheReplacement(old);
            assertEquals(List.of("source one suspends", "source one stops", "target new stops", "target new starts",
                    "source one starts with 1 in flight"), events);
            assertTrue(log.lines().stream().anyMatch(line -> line.contains("Route one is replaced with")), log.lines()::toString);
        }
        recorded.complete("a");
        assertEquals("a failed: java.util.concurrent.RejectedExecutionException", eventsSinceTheStart().get(5));
        assertOtherUntouched();
    }

    private void save(int version) throws Exception {
        edited.route("one", route("one", "recorded:one", "recorded:new", version)
                + route("other", "recorded:other", "recorded:other", 1));
    }

    /** It is being waited for, or, where that is not done, stopped. */
    private static void awaitLooks(RecordedComponent.Source source) {
        await().atMost(PATIENCE).until(() -> source.looks() > 5 || source.isStopped());
    }

    private List<String> eventsOfTheReplacement(RecordedComponent.Source old) {
        await().atMost(PATIENCE).until(() -> recorded.source("one") != old && recorded.source("one").isStarted());
        return eventsSinceTheStart();
    }

    private List<String> eventsSinceTheStart() {
        List<String> events = recorded.events();
        return events.subList(4, events.size());
    }

    private void assertOtherUntouched() {
        assertSame(other, edited.context().getRoute("other").getConsumer());
        assertTrue(recorded.holds("others"), "still in flight");
        assertEquals(2, recorded.events().stream().filter(event -> event.contains(" other ")).count(), recorded.events()::toString);
    }

    private static String chain(int version) {
        return route("one", "recorded:one", "direct:middle", version) + route("middle", "direct:middle", "recorded:end", version)
                + route("other", "recorded:other", "recorded:other", 1);
    }

    private static String route(String id, String from, String to, int version) {
        return """
                - route:
                    id: %s
                    from:
                      uri: %s
                      steps:
                        - setHeader: {name: version, constant: %d}
                        - to: {uri: "%s"}
                """.formatted(id, from, version, to);
    }
}
